import { bindAll, type BoundApp } from "./bind-all";

// Next bundles its own copy of every module, this one included; only the global object is the same in both.
const SHARED = Symbol.for("fourgate.web-next.app");
const shared = globalThis as { [SHARED]?: BoundApp };

/** Makes an app the one that pages, route handlers and server actions reach; returns the undo. Called by server.ts. */
export function shareApp(app: BoundApp): () => void {
  shared[SHARED] = app;
  return () => {
    if (shared[SHARED] === app) delete shared[SHARED];
  };
}

/** The app that server.ts shared; without one, an app in memory (an error in production). */
export function theApp(): BoundApp {
  return (shared[SHARED] ??= bindAll());
}
