import type { RealtimeEnvelope, WireMessage } from "@repo/core-realtime";
import type { Attachment, ChaosClientEvents } from "../client/chaos-client";
import type { Numbered, Seen } from "./publish-log";

/** One event that an application received. */
export type LoggedEvent = { readonly channel: string; readonly at: number } & (
  | ({ readonly kind: "message" } & Seen)
  | ({ readonly kind: "stray" } & Seen)
  | ({ readonly kind: "attached" } & Omit<Attachment, "channel" | "opening">)
  | { readonly kind: "hole" }
  | { readonly kind: "resubscribed" }
  | { readonly kind: "refused"; readonly code: string }
);

export type EntryOf<Kind extends LoggedEvent["kind"]> = Extract<LoggedEvent, { readonly kind: Kind }>;

/** The events that one application received from its client, in order. */
export class EventLog implements ChaosClientEvents {
  readonly entries: LoggedEvent[] = [];
  resent = 0;
  readonly #reach = new Map<string, number>();
  readonly #latest = new Map<string, number>();

  /** The offset up to which it received a channel, or received a gap for it. */
  reach(channel: string): number {
    return this.#reach.get(channel) ?? 0;
  }

  /** The number of the last message of a publisher that it received; -1 where it has none. */
  latest(channel: string, by: string): number {
    return this.#latest.get(`${by} ${channel}`) ?? -1;
  }

  onAttached({ channel, since, position, recovered }: Attachment): void {
    if (recovered === false) this.#reach.set(channel, position?.offset ?? 0);
    this.entries.push({ kind: "attached", channel, at: performance.now(), since, position, recovered });
  }

  onMessage(envelope: RealtimeEnvelope): void {
    const message = seen(envelope);
    this.#reach.set(message.channel, message.position?.offset ?? 0);
    this.#latest.set(`${message.by} ${message.channel}`, message.n);
    this.entries.push({ kind: "message", ...message });
  }

  onHole(channel: string): void {
    this.entries.push({ kind: "hole", channel, at: performance.now() });
  }

  onResubscribed(channel: string): void {
    this.entries.push({ kind: "resubscribed", channel, at: performance.now() });
  }

  onStray(envelope: RealtimeEnvelope): void {
    this.entries.push({ kind: "stray", ...seen(envelope) });
  }

  onUnknown(frame: unknown): void {
    const { p } = frame as Partial<WireMessage>; // the server under test sends it: enough is read to report it
    const { on: channel, by, n } = (p ?? {}) as Partial<Numbered>;
    if (channel === undefined || by === undefined || n === undefined) return;
    this.entries.push({ kind: "stray", channel, by, n, at: performance.now() });
  }

  onResent(count: number): void {
    this.resent += count;
  }

  onRefused(channel: string, code: string): void {
    this.entries.push({ kind: "refused", channel, code, at: performance.now() });
  }
}

function seen({ channel, payload, position }: RealtimeEnvelope) {
  const { by, n } = payload as Numbered; // the suite's own channels carry nothing else
  return { channel, by, n, position, at: performance.now() };
}
