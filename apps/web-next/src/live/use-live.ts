"use client";

import type { RealtimeClient } from "@repo/realtime-client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { browserClient } from "./browser-client";
import { INITIAL_STATE, type LiveState } from "./live-state";
import { LiveStore } from "./live-store";

/** The live picture of these channels and what one can do with it. */
export function useLive(
  viewerId: string | undefined,
  channels: readonly string[],
): LiveState & Pick<LiveStore, "join" | "leave" | "send"> {
  const [store] = useState(() => {
    const { client, tap } = browserClient(viewerId);
    return new LiveStore({ client: client as unknown as RealtimeClient, tap, channels }); // the desk lists channels by name, and talks nonsense on them
  });
  useEffect(() => store.start(), [store]);
  const state = useSyncExternalStore(store.subscribe, store.getState, () => INITIAL_STATE);
  return { ...state, join: store.join, leave: store.leave, send: store.send };
}
