import { useCallback, useEffect, useRef, useState } from "react";
import type { BoardOutbox } from "./board-outbox.js";
import { keepUnsent } from "./unsent-changes.js";

/** Own changes that the server has not acknowledged: how many, and what becomes of them when the page is left and no outbox keeps them. */
export function useUnsent(userId: string, outbox: BoardOutbox | undefined) {
  const changes = useRef(new Map<number, string>());
  const count = useRef(0);
  const [waiting, setWaiting] = useState(0);

  /** Counts a change until it is settled; `words` describe what it is. */
  const track = useCallback(
    async (words: string, change: Promise<unknown>): Promise<void> => {
      const key = (count.current += 1);
      const update = () => {
        setWaiting(changes.current.size);
        if (!outbox || changes.current.size === 0) keepUnsent(userId, [...changes.current.values()]);
      };
      changes.current.set(key, words);
      update();
      await change.catch(() => undefined); // its caller receives the rejection
      changes.current.delete(key);
      update();
    },
    [userId, outbox],
  );

  useEffect(() => {
    if (waiting === 0) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (outbox?.isKept()) return;
      event.preventDefault(); // the browser asks whether to leave
      keepUnsent(userId, [...changes.current.values()]);
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [waiting, userId, outbox]);

  return { waiting, track };
}
