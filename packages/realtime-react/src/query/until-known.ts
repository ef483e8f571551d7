import { wait } from "../channel/until-subscribed.js";
import type { Watched } from "./query-view.js";

const WAITING = new WeakMap<Watched, Promise<void>>();

/** For Suspense: a promise until the result of a query is known, or refused. One for each result: what was painted is not hidden again. */
export function untilKnown(live: Watched): Promise<void> {
  const promise = WAITING.get(live) ?? waitFor(live);
  WAITING.set(live, promise);
  return promise;
}

function waitFor(live: Watched): Promise<void> {
  if (typeof window === "undefined") throw new Error("Use preloadQuery on servers.");
  return wait({ subscribe: ({ change }) => live.watch(change) }, () => undefined).promise;
}
