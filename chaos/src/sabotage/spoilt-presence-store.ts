import {
  InMemoryPresenceStore,
  type IPresenceStore,
  type PresenceCount,
  type StoredMember,
} from "@repo/realtime-presence";

/** What is spoilt of a presence store; the rest of it stays honest. */
export interface PresenceSpoils {
  readonly put?: (channel: string, stored: StoredMember, honest: InMemoryPresenceStore) => PresenceCount;
  readonly remove?: (channel: string, connectionId: string, honest: InMemoryPresenceStore) => PresenceCount;
}

/** Who is there, with something wrong. */
export function spoiltPresenceStore({ put, remove }: PresenceSpoils): () => IPresenceStore {
  return () => {
    const honest = new InMemoryPresenceStore();
    return {
      put: (channel, stored) => put?.(channel, stored, honest) ?? honest.put(channel, stored),
      remove: (channel, id) => remove?.(channel, id, honest) ?? honest.remove(channel, id),
      list: (channel, query) => honest.list(channel, query),
      beat: (nodeId) => honest.beat(nodeId),
      reap: (silentMs) => honest.reap(silentMs),
    };
  };
}
