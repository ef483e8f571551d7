import type { PublishLog, Mark } from "./publish-log";
import type { LoggedEvent } from "./event-log";
import type { Outages } from "./outages";

/** The messages that a client may receive of a channel: all, none, or only what was published before its right ended. */
export type Right = "all" | "nothing" | { readonly until: Mark };

/** A client of the run: what it was allowed to receive, and what it received. */
export interface ObservedClient {
  readonly name: string;
  readonly rights: ReadonlyMap<string, Right>;
  readonly entries: readonly LoggedEvent[];
}

/** What is promised of a channel. `kept`: how many messages its history holds, 0 where it has none. */
export interface ChannelPromise {
  readonly channel: string;
  readonly kept: number;
}

/** All messages of a run: what was published, and what each client received. */
export interface MessageRun {
  /** The number of nodes: what only several nodes may do is a violation with one. */
  readonly nodes: number;
  readonly channels: readonly ChannelPromise[];
  readonly publishLog: PublishLog;
  readonly clients: readonly ObservedClient[];
  /** When the database of all nodes was away. */
  readonly outages: Outages;
}

/** The invariants that a run is held to. */
export type InvariantName =
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
  | "all members shown"
  | "joins and leaves alternate"
  | "visibility";

/** A violated invariant, with the shortest useful description. */
export interface Violation {
  readonly invariant: InvariantName;
  readonly client: string;
  readonly channel: string;
  readonly account: string;
}
