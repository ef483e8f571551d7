import type { Violation, MessageRun } from "./checker/message-run";
import { checkInvariants } from "./checker/invariants/check-invariants";
import { checkPresence } from "./checker/presence/check-presence";
import type { PresenceRun } from "./checker/presence/presence-run";
import type { FaultKind } from "./network/fault";

/** A whole run: its messages, and its members. */
export interface WholeRun extends MessageRun {
  readonly presence: PresenceRun;
}

/** The conditions of a run, and its counts beside what was received. */
export interface RunCircumstances {
  readonly transport: { readonly name: string };
  readonly client: string;
  readonly nodes: number;
  readonly seed: number;
  readonly seconds: number;
  readonly kills: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** Faults between the nodes, by kind. */
  readonly brokerFaults: ReadonlyMap<string, number>;
  /** Client messages that were sent again. */
  readonly resent: number;
  /** Messages that were refused while the database was away: whether they are stored is unknown. */
  readonly inDoubt: number;
  /** Connections that the server saw end, by reason. */
  readonly endings: ReadonlyMap<string, number>;
}

/** The result of a run. */
export interface RunReport extends RunCircumstances {
  readonly published: number;
  readonly seen: number;
  readonly recovered: number;
  readonly gapsReported: number;
  readonly doubles: number;
  readonly silentGaps: number;
  /** How often a client subscribed again on a connection that held. */
  readonly resubscribes: number;
  /** How often a watcher was shown another list of members. */
  readonly lists: number;
  /** The longest time from a broadcast to its delivery, over every outage. */
  readonly maxLagMs: number;
  readonly violations: readonly Violation[];
}

/** Checks a run, and counts. */
export function reportOf(run: WholeRun, circumstances: RunCircumstances): RunReport {
  const { publishLog, channels, clients, presence } = run;
  const violations = [...checkInvariants(run), ...checkPresence(presence)];
  const entries = clients.flatMap((client) => client.entries);
  const received = entries.filter((entry) => entry.kind === "message");
  const attached = entries.filter((entry) => entry.kind === "attached");
  const published = channels.flatMap(({ channel }) => [...publishLog.published(channel).values()]);
  const broken = (invariant: Violation["invariant"]) =>
    violations.filter((violation) => violation.invariant === invariant).length;
  return {
    ...circumstances,
    published: published.reduce((sum, count) => sum + count, 0),
    seen: received.length,
    recovered: attached.filter(({ recovered }) => recovered === true).length,
    gapsReported: attached.filter(({ recovered }) => recovered === false).length,
    doubles: broken("once"),
    silentGaps: broken("no silent gap"),
    resubscribes: broken("no needless resubscribe"),
    lists: presence.watchers.flatMap((watcher) => watcher.entries).filter(({ kind }) => kind === "list").length,
    maxLagMs: received.reduce(
      (max, one) => Math.max(max, one.at - (publishLog.publishedAt(one.channel, one) ?? one.at)),
      0,
    ),
    violations,
  };
}
