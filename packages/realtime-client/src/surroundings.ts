/** What the page and the machine tell. */
export type Surrounding = "wake" | "doubt";

const WAKES = ["online", "pageshow", "focus"];

/** Listens to the network, the page and the window where there are such things; returns the undo. */
export function watchSurroundings(tell: (what: Surrounding) => void): () => void {
  const { document } = globalThis;
  const undo = new AbortController();
  const { signal } = undo;
  const onWake = () => tell("wake");
  for (const name of WAKES) globalThis.addEventListener?.(name, onWake, { signal });
  globalThis.addEventListener?.("offline", () => tell("doubt"), { signal });
  document?.addEventListener("visibilitychange", () => document.hidden || onWake(), { signal });
  return () => undo.abort();
}
