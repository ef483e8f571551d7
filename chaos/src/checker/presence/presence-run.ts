import type { PresenceEntry } from "./presence-log";

/** One tab of one user. */
export interface Tab {
  readonly userId: string;
  readonly tab: string;
}

/** The members that a watcher may see: all, none, or only those that joined before its right ended (milliseconds since 1970). */
export type Visibility = "all" | "nothing" | { readonly until: number };

/** A client that watched the members. */
export interface Watcher {
  readonly name: string;
  readonly visibility: Visibility;
  readonly entries: readonly PresenceEntry[];
}

/** The members that were present, and those that the watchers were shown. */
export interface PresenceRun {
  readonly channel: string;
  /** How many nodes published changes: the order between those of two nodes is not promised. */
  readonly nodes: number;
  /** The tabs that are present in the end. */
  readonly here: readonly Tab[];
  /** The tabs that left for good, and when, by `performance.now()`. */
  readonly gone: readonly (Tab & { readonly at: number })[];
  readonly watchers: readonly Watcher[];
  /** The time for which a list may be wrong during faults, in ms. */
  readonly boundMs: number;
}
