const CHANGES = ["online", "offline", "pageshow", "focus", "visibilitychange"];

/** Calls back on every change of the network and the page, where there are such events; aborting the result ends it. */
export function watchSurroundings(onChange: () => void): AbortController {
  const undo = new AbortController();
  for (const change of CHANGES) globalThis.addEventListener?.(change, onChange, undo); // a controller has the one option that is needed
  return undo;
}
