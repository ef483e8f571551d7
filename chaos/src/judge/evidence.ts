import type { Chronicle, Mark } from "./chronicle";
import type { DiaryEntry } from "./diary";
import type { Outages } from "./outages";

/** The messages that a witness may receive of a channel: all, none, or only what was published before its right ended. */
export type Right = "all" | "nothing" | { readonly until: Mark };

/** A client of the run: what it was allowed to receive, and what it received. */
export interface Witness {
  readonly name: string;
  readonly rights: ReadonlyMap<string, Right>;
  readonly entries: readonly DiaryEntry[];
}

/** What is promised of a channel. `kept`: how many messages its history holds, 0 where it has none. */
export interface ChannelPromise {
  readonly channel: string;
  readonly kept: number;
}

/** All that a run left behind. */
export interface Evidence {
  /** How many nodes there were: what only several nodes may do is a breach with one. */
  readonly nodes: number;
  readonly channels: readonly ChannelPromise[];
  readonly chronicle: Chronicle;
  readonly witnesses: readonly Witness[];
  /** When the database of all nodes was away. */
  readonly outages: Outages;
}

/** The laws that a run is held to. */
export type LawName =
  | "once"
  | "in order"
  | "no silent gap"
  | "no needless gap"
  | "no hole"
  | "no needless resubscribe"
  | "rights"
  | "only what was published"
  | "replied"
  | "no ghost"
  | "nobody missing"
  | "coming and going in turn"
  | "sight";

/** A law that was broken, and the shortest useful account of it. */
export interface Breach {
  readonly law: LawName;
  readonly witness: string;
  readonly channel: string;
  readonly account: string;
}
