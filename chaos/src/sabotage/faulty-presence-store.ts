import {
  InMemoryPresenceStore,
  type IPresenceStore,
  type PresenceCount,
  type StoredMember,
} from "@repo/realtime-presence";

/** The faults of a presence store; the rest of it works. */
export interface PresenceFaults {
  readonly put?: (channel: string, stored: StoredMember, original: InMemoryPresenceStore) => PresenceCount;
  readonly remove?: (channel: string, connectionId: string, original: InMemoryPresenceStore) => PresenceCount;
}

/** A presence store with a fault. */
export function faultyPresenceStore({ put, remove }: PresenceFaults): () => IPresenceStore {
  return () => {
    const original = new InMemoryPresenceStore();
    return {
      put: (channel, stored) => put?.(channel, stored, original) ?? original.put(channel, stored),
      remove: (channel, id) => remove?.(channel, id, original) ?? original.remove(channel, id),
      list: (channel, query) => original.list(channel, query),
      beat: (nodeId) => original.beat(nodeId),
      reap: (silentMs) => original.reap(silentMs),
    };
  };
}
