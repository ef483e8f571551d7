import { useCallback, useRef, useState } from "react";
import type { Task } from "../task.js";

/** A card that was deleted here, and can still be restored. */
export interface Deletion {
  readonly key: number;
  readonly task: Task;
}

const MAX_OFFERED = 3; // more would cover the board

/** What was deleted last, for as long as it can be undone. */
export function useDeletions(restore: (task: Task) => void) {
  const [deletions, setDeletions] = useState<readonly Deletion[]>([]);
  const count = useRef(0);
  const drop = useCallback((key: number) => setDeletions((all) => all.filter((one) => one.key !== key)), []);
  /** Offers to restore a card; no more where its deletion is refused, for then it is there. */
  const offer = useCallback(
    (task: Task, deleted: Promise<unknown>) => {
      const key = (count.current += 1);
      setDeletions((all) => [...all, { key, task }].slice(-MAX_OFFERED));
      deleted.catch(() => drop(key));
    },
    [drop],
  );
  const undo = useCallback(
    ({ key, task }: Deletion) => {
      drop(key);
      restore(task);
    },
    [drop, restore],
  );
  return { deletions, offer, undo, drop };
}
