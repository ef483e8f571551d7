import type { Preloaded } from "@repo/realtime-react";
import { useState } from "react";

type Position = Preloaded["position"] | undefined;

/** What is known of an absence. */
export interface Recovery {
  /** Messages that were caught up; undefined where the history does not reach back so far. */
  readonly caughtUp: number | undefined;
  /** Changes that had been waiting here. */
  readonly sent: number;
}

interface Watched {
  readonly isIn: boolean;
  /** Where one stood when one was last in. */
  readonly leftAt: Position;
  readonly recovery: Recovery | undefined;
}

/** Describes the recovery after an absence: what was missed, and what had waited. */
export function useRecovery(isIn: boolean, position: Position, waiting: number): Recovery | undefined {
  const [watched, setWatched] = useState<Watched>({ isIn, leftAt: undefined, recovery: undefined });
  if (watched.isIn !== isIn)
    setWatched(isIn ? back(watched, position, waiting) : { isIn, leftAt: position, recovery: undefined });
  return watched.recovery;
}

function back({ leftAt }: Watched, position: Position, sent: number): Watched {
  if (!leftAt || !position) return { isIn: true, leftAt, recovery: undefined }; // the first time is no recovery
  const caughtUp = leftAt.epoch === position.epoch ? position.offset - leftAt.offset : undefined;
  return { isIn: true, leftAt, recovery: { caughtUp, sent } };
}
