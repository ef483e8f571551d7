import type { DiaryEntry, EntryOf } from "../diary";
import type { Outages } from "../outages";
import type { Breach, ChannelPromise, Evidence, LawName, Right } from "../evidence";

/** What one witness learnt of one channel. */
export interface Testimony {
  readonly nodes: number;
  readonly outages: Outages;
  readonly promise: ChannelPromise;
  readonly witness: string;
  readonly right: Right;
  readonly entries: readonly DiaryEntry[];
  readonly messages: readonly EntryOf<"message">[];
}

/** Everybody's testimony on every channel. */
export function testimonies({ nodes, outages, channels, witnesses }: Evidence): readonly Testimony[] {
  return channels.flatMap((promise) =>
    witnesses.map(({ name, rights, entries: all }) => {
      const entries = all.filter(({ channel }) => channel === promise.channel);
      const messages = entries.filter((entry) => entry.kind === "message");
      return {
        nodes,
        outages,
        promise,
        witness: name,
        right: rights.get(promise.channel) ?? "nothing",
        entries,
        messages,
      };
    }),
  );
}

/**
 * The server sent GAP, and was right: what was lost between the nodes its history no longer held, as the next reply shows. Whether that reply
 * itself was needless is judged by another law. With one node nothing is lost between nodes. While the database is away, the history cannot
 * be read at all.
 */
export function isHonestGap({ nodes, outages, entries }: Testimony, at: DiaryEntry): boolean {
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
 * Where a channel keeps nothing and there are several nodes, each subscription is judged by itself: another node may still deliver what this
 * client has from the last one.
 */
export function judgedTogether({
  nodes,
  promise,
  entries,
  messages,
}: Testimony): readonly (readonly EntryOf<"message">[])[] {
  if (promise.kept > 0 || nodes === 1) return [messages];
  const subscriptions: EntryOf<"message">[][] = [[]];
  for (const entry of entries)
    if (entry.kind === "attached") subscriptions.push([]);
    else if (entry.kind === "message") subscriptions.at(-1)?.push(entry);
  return subscriptions;
}

/** Writes down a breach, with what was learnt around it. */
export function breachOf(law: LawName, { witness, promise, entries }: Testimony, found: Finding): Breach {
  const at = found.at ? entries.indexOf(found.at) : entries.length - 1;
  const around = entries.slice(Math.max(0, at - 3), at + 2).map(sketch);
  return {
    law,
    witness,
    channel: promise.channel,
    account: `${found.what}; around it: ${around.join(" · ") || "nothing"}`,
  };
}

/** What is wrong, and where in the diary. */
export interface Finding {
  readonly what: string;
  readonly at?: DiaryEntry | undefined;
}

function sketch(entry: DiaryEntry): string {
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
