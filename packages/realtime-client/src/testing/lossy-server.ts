import type { RealtimeEnvelope, RealtimePosition, ReplyFrame, SubscribeResult } from "@repo/core-realtime";
import type { LinkRequest } from "../connection/open-link.js";
import { wireError } from "./scripted-transport.js";

/** What may happen on the way. */
export type Fate = "arrives" | "is lost" | "comes twice";

/** One channel of a server behind a bad connection, as a model: messages are lost, doubled, late, and the history forgets. */
export class LossyServer {
  readonly #kept: number;
  #log: RealtimeEnvelope[] = [];
  #epoch = 0;
  #offset = 0;
  #published = 0;
  #isJoined = false;
  #isLimited = false;
  #wire: (() => void)[] = [];
  #unread: { readonly frame: LinkRequest; readonly onReply: (reply: ReplyFrame) => void }[] = [];
  onMessage: (envelope: RealtimeEnvelope) => void = () => undefined;

  constructor(kept: number) {
    this.#kept = kept;
  }

  get published(): number {
    return this.#published;
  }

  /** Refuses the next request before it is read: a subscriber stays subscribed. */
  limit(): void {
    this.#isLimited = true;
  }

  /** Joins at once; the history is read later, by `read`. */
  request(frame: LinkRequest, onReply: (reply: ReplyFrame) => void): void {
    if (this.#isLimited) {
      this.#isLimited = false;
      const error = wireError("RATE_LIMITED", { retry: "later" });
      return void this.#wire.push(() => onReply({ type: "reply", ok: false, error }));
    }
    this.#isJoined = true;
    this.#unread.push({ frame, onReply });
  }

  read(): void {
    const request = this.#unread.shift();
    if (request?.frame.type !== "subscribe") return;
    const result = this.#resultOf(request.frame.since);
    this.#wire.push(() => request.onReply({ type: "reply", ok: true, result }));
  }

  publish(fate: Fate): void {
    const position = { epoch: `e${this.#epoch}`, offset: ++this.#offset };
    const envelope: RealtimeEnvelope = {
      id: `${++this.#published}`,
      channel: "c",
      event: "message",
      payload: this.#published,
      at: 0,
      sender: { type: "system" },
      position,
    };
    this.#log = [...this.#log, envelope].slice(-this.#kept);
    const times = !this.#isJoined || fate === "is lost" ? 0 : fate === "arrives" ? 1 : 2;
    for (let time = 0; time < times; time += 1) this.#wire.push(() => this.onMessage(envelope));
  }

  /** The next thing on the wire arrives. */
  deliver(): boolean {
    const next = this.#wire.shift();
    next?.();
    return next !== undefined;
  }

  forget(): void {
    this.#epoch += 1;
    this.#offset = 0;
    this.#log = [];
  }

  break(): void {
    this.#isJoined = false;
    this.#wire = [];
    this.#unread = [];
  }

  settle(): void {
    for (let steps = 0; ; steps += 1) {
      if (steps > 10_000) throw new Error("Client and server talk for ever.");
      const before = this.#unread.length;
      this.read();
      if (!this.deliver() && before === 0) return;
    }
  }

  #resultOf(since: RealtimePosition | undefined): SubscribeResult {
    const position = { epoch: `e${this.#epoch}`, offset: this.#offset };
    if (!since) return { channel: "c", number: 1, position };
    const missing = this.#offset - since.offset;
    const recovered = since.epoch === position.epoch && missing >= 0 && missing <= this.#log.length;
    if (!recovered) return { channel: "c", number: 1, position, recovered };
    return { channel: "c", number: 1, position, recovered, messages: missing > 0 ? this.#log.slice(-missing) : [] };
  }
}
