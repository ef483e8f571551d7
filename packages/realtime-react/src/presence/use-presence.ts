import type { RealtimeClient } from "@repo/realtime-client";
import { useEffect, useSyncExternalStore } from "react";
import { useClient } from "../client-context.js";
import { useKept } from "../use-kept.js";
import { NOBODY, SharedPresence, type PresenceSnapshot } from "./shared-presence.js";
import { valueText } from "../value-text.js";

/** The hook's options, before types. */
export interface PresenceUse {
  readonly meta?: unknown;
}

/** Joins a channel and shows who is on it. */
export function usePresence(
  template: string,
  params?: Readonly<Record<string, string>>,
  { meta }: PresenceUse = {},
): PresenceSnapshot {
  const client = useClient();
  const { name } = client.channel(template, params);
  const seat = useKept({ client, name }, () => seatAt(client, template, params));
  const snapshot = useSyncExternalStore(seat.subscribe, seat.snapshot, () => NOBODY);
  const written = valueText(meta); // by value: whoever writes `{ meta: { … } }` in a component makes a new one each time
  useEffect(() => {
    if (written !== undefined) seat.update(JSON.parse(written));
  }, [seat, written]);
  return snapshot;
}

/** Finds what all share anew each time: it ends when the last component has left. */
function seatAt(client: RealtimeClient, template: string, params?: Readonly<Record<string, string>>) {
  const shared = () => SharedPresence.of(client, template, params);
  return {
    client,
    name: client.channel(template, params).name,
    subscribe: (change: () => void) => shared().subscribe(change),
    snapshot: () => shared().snapshot(),
    update: (meta: unknown) => shared().update(meta),
  };
}
