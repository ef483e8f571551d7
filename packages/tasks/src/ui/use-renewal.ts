import { useEffect } from "react";

const FIRST_PAUSE_MS = 4_000; // a page that takes longer to render is not asked for twice for nothing

/** Loads the page again until it has arrived, with growing pauses: a response may get lost, and a server may be down again. */
export function useRenewal(isStale: boolean, renew: (() => void) | undefined): void {
  useEffect(() => {
    if (!isStale || !renew) return;
    let pause = FIRST_PAUSE_MS;
    let timer: ReturnType<typeof setTimeout>;
    const ask = () => {
      renew();
      timer = setTimeout(ask, pause);
      pause *= 2;
    };
    ask();
    return () => clearTimeout(timer);
  }, [isStale, renew]);
}
