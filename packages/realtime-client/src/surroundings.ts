const CHANGES = ["online", "offline", "pageshow", "focus", "visibilitychange"];

/** Tells of every change of the network and the page, where there are such things; aborting the result ends it. */
export function watchSurroundings(tell: () => void): AbortController {
  const undo = new AbortController();
  for (const change of CHANGES) globalThis.addEventListener?.(change, tell, undo); // a controller has the one option that is needed
  return undo;
}
