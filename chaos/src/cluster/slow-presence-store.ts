import type { IPresenceStore } from "@repo/realtime-presence";
import type { Random } from "../network/random";
import { lateReplies } from "./late-replies";

/** A presence store across a network: a list may be old when it is read. */
export function slowPresenceStore(store: IPresenceStore, random: Random): IPresenceStore {
  const later = lateReplies(random);
  return {
    put: async (channel, stored, bounds) => later(await store.put(channel, stored, bounds)),
    remove: async (channel, connectionId) => later(await store.remove(channel, connectionId)),
    list: async (channel, query) => later(await store.list(channel, query)),
    beat: (nodeId) => store.beat(nodeId),
    reap: (silentMs) => store.reap(silentMs),
  };
}
