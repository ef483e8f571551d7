"use client";

import { useEffect, useState } from "react";

const EVERY_MS = 20_000;

/** The time, a few times a minute; first the one at which the server rendered, so that the browser renders the same. */
export function useNow(renderedAt: number): number {
  const [now, setNow] = useState(renderedAt);
  useEffect(() => {
    const look = () => setNow(Date.now());
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
