import type { Clock } from "@repo/core-realtime";
import type { IPresenceStore, ReapedMember } from "./presence-store.js";

/** The dependencies of the heartbeat. */
export interface NodeHeartbeatDeps {
  readonly store: IPresenceStore;
  readonly clock: Clock;
  readonly nodeId: string;
  readonly onDead: (member: ReapedMember) => Promise<void>;
  /** The store has taken the beat. */
  readonly onBeat: () => void;
  readonly onError: (cause: unknown) => void;
}

const BEAT_MS = 5_000;
const SILENT_MS = 14_000; // two missed beats and a margin: found by the next beat, so within 20 s

/** Marks this node as alive every few seconds, and removes the members of nodes that are not. Returns the undo. */
export function startNodeHeartbeat({ store, clock, nodeId, onDead, onBeat, onError }: NodeHeartbeatDeps): () => void {
  let stop: () => void = () => undefined;
  const beat = async () => {
    await store.beat(nodeId);
    onBeat();
    for (const dead of await store.reap(SILENT_MS)) await onDead(dead);
  };
  const next = () => {
    beat().catch(onError);
    stop = clock.after(BEAT_MS, next);
  };
  next();
  return () => stop();
}
