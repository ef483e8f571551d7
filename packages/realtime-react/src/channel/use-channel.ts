import type { AttachOptions } from "@repo/realtime-client";
import { use, useEffect, useLayoutEffect, useSyncExternalStore } from "react";
import { useClient } from "../client-context.js";
import { useKept } from "../use-kept.js";
import { ChannelStore, type ChannelReading } from "./channel-store.js";
import { untilSubscribed } from "./until-subscribed.js";
import { valueText } from "../value-text.js";

/** The options of the hook, before types. */
export interface ChannelUse extends AttachOptions, ChannelReading {
  readonly suspense?: boolean | undefined;
}

export const NOTHING_TO_WAIT_FOR = Object.assign(Promise.resolve(), { status: "fulfilled", value: undefined }); // as React marks a promise that it has read

/** Listens to a channel for as long as the component is there. */
export function useChannel(template: string, params?: Readonly<Record<string, string>>, given: ChannelUse = {}) {
  const { preloaded, reduce, keep, suspense, ...options } = given;
  const client = useClient();
  const wanted = { template, params, options };
  const { name } = client.channel(template, params);
  const store = useKept(
    { client, name, ask: valueText(options.ask) },
    () => new ChannelStore(client, wanted, { preloaded, reduce, keep }),
  );
  const waiting = suspense && !preloaded && store.isNew ? untilSubscribed(client, wanted) : undefined;
  if (suspense) use(waiting ?? NOTHING_TO_WAIT_FOR); // React wants the same calls when the render that waited is repeated
  useLayoutEffect(() => store.arrive(), [store]);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.firstSnapshot);
  useEffect(() => store.renew(preloaded), [store, preloaded]);
  return { ...snapshot, publish: store.publish };
}
