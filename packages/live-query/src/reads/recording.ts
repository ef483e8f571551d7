import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";

/** Receives what the work in progress reads. */
export interface Recording {
  statement(sql: string, values: readonly unknown[]): void;
  table(name: string): void;
}

/** One for the process, however often this module was loaded: a bundler's copy records what the server's own copy reads. */
const KEY = Symbol.for("fourgate.live-query.recording");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<Recording> };

/** The recording of the work in progress; none outside of `recordReads`. */
export const recordings = (shared[KEY] ??= new AsyncLocalStorage<Recording>());

/** Declares that the work in progress reads a table, for what cannot be seen: raw SQL on a driver of its own, a function without `begin atomic`. */
export function trackTableRead(table: string): void {
  recordings.getStore()?.table(table);
}

/** Records a statement where a recording is in progress. */
export function recordStatement(sql: unknown, values: unknown): void {
  const recording = recordings.getStore();
  if (recording && typeof sql === "string") recording.statement(sql, Array.isArray(values) ? [...values] : []);
}

/** A callback that runs in the work that passed it, not in that of the socket that calls it. */
export function bound<T>(callback: T): T {
  return typeof callback === "function" && recordings.getStore()
    ? (AsyncResource.bind(callback as never) as T)
    : callback;
}
