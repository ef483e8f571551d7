import type { PresenceEntry } from "./presence-diary";

/** One tab of one person. */
export interface Tab {
  readonly userId: string;
  readonly tab: string;
}

/** What a watcher may see: everybody, nobody, or only those who came before its right ended (milliseconds since 1970). */
export type Sight = "all" | "nothing" | { readonly until: number };

/** One who watched. */
export interface Watcher {
  readonly name: string;
  readonly sight: Sight;
  readonly entries: readonly PresenceEntry[];
}

/** Who was there in truth, and what the watchers were shown. */
export interface PresenceEvidence {
  readonly channel: string;
  /** How many nodes published changes: the order between those of two nodes is not promised. */
  readonly nodes: number;
  /** Those who are there in the end. */
  readonly here: readonly Tab[];
  /** Those who went for good, and when, by `performance.now()`. */
  readonly gone: readonly (Tab & { readonly at: number })[];
  readonly watchers: readonly Watcher[];
  /** For so long a picture may be false while everything goes wrong. */
  readonly boundMs: number;
}
