import { useCallback, useRef, useState } from "react";

const SHOWN_MS = 700; // a number that changes faster cannot be read

/** Measures the way to the server and back by what is said anyway. */
export function useLatency() {
  const [latencyMs, setLatencyMs] = useState<number>();
  const shownAt = useRef(0);
  const measure = useCallback(async <Reply>(said: Promise<Reply>): Promise<Reply> => {
    const began = performance.now();
    const reply = await said;
    const now = performance.now();
    if (now - shownAt.current > SHOWN_MS) {
      shownAt.current = now;
      setLatencyMs(now - began);
    }
    return reply;
  }, []);
  return { latencyMs, measure };
}
