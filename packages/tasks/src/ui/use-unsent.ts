import { useCallback, useEffect, useRef, useState } from "react";
import { keepUnsent } from "./unsent-changes.js";

/** Own changes that the server has not acknowledged: how many, and what becomes of them when the page is left. */
export function useUnsent() {
  const changes = useRef(new Map<number, string>());
  const count = useRef(0);
  const [waiting, setWaiting] = useState(0);

  /** Counts a change until it is settled; `words` describe what it is. */
  const track = useCallback(async (words: string, change: Promise<unknown>): Promise<void> => {
    const key = (count.current += 1);
    const update = () => {
      setWaiting(changes.current.size);
      keepUnsent([...changes.current.values()]);
    };
    changes.current.set(key, words);
    update();
    await change.catch(() => undefined); // its caller receives the rejection
    changes.current.delete(key);
    update();
  }, []);

  useEffect(() => {
    if (waiting === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault(); // the browser asks whether to leave
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [waiting]);

  return { waiting, track };
}
