"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { INITIAL_STATE, type LiveState } from "./live-state";
import { LiveStore } from "./live-store";
import { openRealtimeLink } from "./realtime-link";

/** The live picture of these channels and what one can do with it. */
export function useLive(channels: readonly string[]): LiveState & Pick<LiveStore, "join" | "leave" | "send"> {
  const [store] = useState(() => new LiveStore({ openLink: openRealtimeLink, channels }));
  useEffect(() => store.start(), [store]);
  const state = useSyncExternalStore(store.subscribe, store.getState, () => INITIAL_STATE);
  return { ...state, join: store.join, leave: store.leave, send: store.send };
}
