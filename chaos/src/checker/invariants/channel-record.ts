import type { LoggedEvent, EntryOf } from "../event-log";
import type { Outages } from "../outages";
import type { Violation, ChannelPromise, MessageRun, InvariantName, Right } from "../message-run";

/** What one client received on one channel. */
export interface ChannelRecord {
  readonly nodes: number;
  readonly outages: Outages;
  readonly promise: ChannelPromise;
  readonly client: string;
  readonly right: Right;
  readonly entries: readonly LoggedEvent[];
  readonly messages: readonly EntryOf<"message">[];
}

/** The record of every client on every channel. */
export function channelRecords({ nodes, outages, channels, clients }: MessageRun): readonly ChannelRecord[] {
  return channels.flatMap((promise) =>
    clients.map(({ name, rights, entries: all }) => {
      const entries = all.filter(({ channel }) => channel === promise.channel);
      const messages = entries.filter((entry) => entry.kind === "message");
      return {
        nodes,
        outages,
        promise,
        client: name,
        right: rights.get(promise.channel) ?? "nothing",
        entries,
        messages,
      };
    }),
  );
}

/**
 * The server sent GAP, and had to: its history no longer held what was lost between the nodes, as the next reply shows. Whether that reply
 * itself was needless is checked by another invariant. With one node nothing is lost between nodes. While the database is away, the history cannot
 * be read at all.
 */
export function isJustifiedGap({ nodes, outages, entries }: ChannelRecord, at: LoggedEvent): boolean {
  if (nodes === 1) return false;
  const index = entries.indexOf(at);
  const refusal = entries.slice(0, index + 1).findLast(({ kind }) => kind === "refused");
  if (refusal?.kind === "refused" && refusal.code === "GAP" && outages.covers(refusal.at)) return true;
  const reply = entries.slice(index).find(({ kind }) => kind === "attached");
  return (
    refusal?.kind === "refused" && refusal.code === "GAP" && reply?.kind === "attached" && reply.recovered === false
  );
}

/**
 * Where a channel keeps nothing and there are several nodes, each subscription is checked by itself: another node may still deliver what this
 * client has from the last one.
 */
export function checkedTogether({
  nodes,
  promise,
  entries,
  messages,
}: ChannelRecord): readonly (readonly EntryOf<"message">[])[] {
  if (promise.kept > 0 || nodes === 1) return [messages];
  const subscriptions: EntryOf<"message">[][] = [[]];
  for (const entry of entries)
    if (entry.kind === "attached") subscriptions.push([]);
    else if (entry.kind === "message") subscriptions.at(-1)?.push(entry);
  return subscriptions;
}

/** Describes a violation, with the events around it. */
export function violationOf(
  invariant: InvariantName,
  { client, promise, entries }: ChannelRecord,
  found: Finding,
): Violation {
  const at = found.at ? entries.indexOf(found.at) : entries.length - 1;
  const around = entries.slice(Math.max(0, at - 3), at + 2).map(sketch);
  return {
    invariant,
    client,
    channel: promise.channel,
    account: `${found.what}; around it: ${around.join(" · ") || "nothing"}`,
  };
}

/** What is wrong, and where in the event log. */
export interface Finding {
  readonly what: string;
  readonly at?: LoggedEvent | undefined;
}

function sketch(entry: LoggedEvent): string {
  switch (entry.kind) {
    case "message":
    case "stray":
      return `${entry.kind === "stray" ? "stray " : ""}${entry.by}#${entry.n}${entry.position ? ` @${entry.position.offset}` : ""}`;
    case "attached":
      return `attached @${entry.position?.offset ?? "?"} since ${entry.since?.offset ?? "now"}, recovered ${entry.recovered ?? "not requested"}`;
    case "hole":
    case "resubscribed":
      return entry.kind;
    case "refused":
      return `refused ${entry.code}`;
    default:
      return entry satisfies never;
  }
}
