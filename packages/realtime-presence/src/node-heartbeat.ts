import type { Clock } from "@repo/core-realtime";
import type { IPresenceStore, ReapedMember } from "./presence-store.js";

/** What keeps a cluster free of a killed node's members. */
export interface NodeHeartbeatDeps {
  readonly store: IPresenceStore;
  readonly clock: Clock;
  readonly nodeId: string;
  readonly onDead: (member: ReapedMember) => Promise<void>;
  readonly onError: (cause: unknown) => void;
}

const BEAT_MS = 5_000;
const SILENT_MS = 14_000; // two beats missed and some: found by the next beat, so within 20 s

/** Says that this node lives, and takes out the members of nodes that no longer do. Returns the undo. */
export function startNodeHeartbeat({ store, clock, nodeId, onDead, onError }: NodeHeartbeatDeps): () => void {
  let stop: () => void = () => undefined;
  const beat = async () => {
    await store.beat(nodeId);
    for (const dead of await store.reap(SILENT_MS)) await onDead(dead);
  };
  const next = () => {
    beat().catch(onError);
    stop = clock.after(BEAT_MS, next);
  };
  next();
  return () => stop();
}
