import type { Breach, Evidence } from "./judge/evidence";
import { checkLaws } from "./judge/laws/check-laws";
import { checkPresence } from "./judge/presence/check-presence";
import type { PresenceEvidence } from "./judge/presence/presence-evidence";
import type { FaultKind } from "./network/fault";

/** All that a run left behind, of what was published and of who was there. */
export interface RunEvidence extends Evidence {
  readonly presence: PresenceEvidence;
}

/** How a run was, besides what was seen. */
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
  /** Messages that were refused while the database was away: nobody knows whether they are stored. */
  readonly inDoubt: number;
  /** Connections that the server saw end, by reason. */
  readonly endings: ReadonlyMap<string, number>;
}

/** What a run came to. */
export interface RunReport extends RunCircumstances {
  readonly published: number;
  readonly seen: number;
  readonly recovered: number;
  readonly gapsReported: number;
  readonly doubles: number;
  readonly silentGaps: number;
  /** How often a client subscribed again on a connection that held. */
  readonly resubscribes: number;
  /** How often somebody was shown another picture of who is there. */
  readonly pictures: number;
  /** The longest time from a broadcast to its delivery, over every outage. */
  readonly maxLagMs: number;
  readonly breaches: readonly Breach[];
}

/** Judges and counts. */
export function reportOf(evidence: RunEvidence, circumstances: RunCircumstances): RunReport {
  const { chronicle, channels, witnesses, presence } = evidence;
  const breaches = [...checkLaws(evidence), ...checkPresence(presence)];
  const entries = witnesses.flatMap((witness) => witness.entries);
  const received = entries.filter((entry) => entry.kind === "message");
  const attached = entries.filter((entry) => entry.kind === "attached");
  const published = channels.flatMap(({ channel }) => [...chronicle.published(channel).values()]);
  const broken = (law: Breach["law"]) => breaches.filter((breach) => breach.law === law).length;
  return {
    ...circumstances,
    published: published.reduce((sum, count) => sum + count, 0),
    seen: received.length,
    recovered: attached.filter(({ recovered }) => recovered === true).length,
    gapsReported: attached.filter(({ recovered }) => recovered === false).length,
    doubles: broken("once"),
    silentGaps: broken("no silent gap"),
    resubscribes: broken("no needless resubscribe"),
    pictures: presence.watchers.flatMap((watcher) => watcher.entries).filter(({ kind }) => kind === "picture").length,
    maxLagMs: received.reduce(
      (max, one) => Math.max(max, one.at - (chronicle.publishedAt(one.channel, one) ?? one.at)),
      0,
    ),
    breaches,
  };
}
