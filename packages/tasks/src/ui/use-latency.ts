import { useCallback, useRef, useState } from "react";

const SHOWN_MS = 700; // a number that changes faster cannot be read

/** Measures the round trip by what is published anyway. */
export function useLatency() {
  const [latencyMs, setLatencyMs] = useState<number>();
  const shownAt = useRef(0);
  const measure = useCallback(async <Reply>(reply: Promise<Reply>): Promise<Reply> => {
    const began = performance.now();
    const settled = await reply;
    const now = performance.now();
    if (now - shownAt.current > SHOWN_MS) {
      shownAt.current = now;
      setLatencyMs(now - began);
    }
    return settled;
  }, []);
  return { latencyMs, measure };
}
