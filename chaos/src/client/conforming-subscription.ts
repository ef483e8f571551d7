import {
  ERROR_CODES,
  type RealtimeEnvelope,
  type RealtimeErrorCode,
  type RealtimePosition,
  type ReplyFrame,
  type SubscribeFrame,
  type SubscribeResult,
} from "@repo/core-realtime";
import type { ChaosClientEvents } from "./chaos-client";

/** One channel of a client that does what PROTOCOL.md, § What is promised, requires: its four points. */
export class ConformingSubscription {
  readonly #channel: string;
  readonly #events: ChaosClientEvents;
  readonly #send: (frame: SubscribeFrame) => void;
  #position: RealtimePosition | undefined;
  #held: RealtimeEnvelope[] | undefined; // while the reply to a subscribe is awaited
  #isIn = false;
  #refusal: string | undefined;

  constructor(channel: string, events: ChaosClientEvents, send: (frame: SubscribeFrame) => void) {
    this.#channel = channel;
    this.#events = events;
    this.#send = send;
  }

  /** Subscribes, from the last message that it has. */
  attach(held: RealtimeEnvelope[] = []): void {
    this.#held = held;
    const channel = this.#channel;
    this.#send({ type: "subscribe", id: channel, channel, since: this.#position });
  }

  /** Not subscribed, and the next subscribe is not sent yet: what is to be sent waits for it. */
  get isWaiting(): boolean {
    return this.#held === undefined && this.isOutForNow;
  }

  /** Not subscribed, and the last refusal was for now. */
  get isOutForNow(): boolean {
    return !this.#isIn && isErrorCode(this.#refusal) && ERROR_CODES[this.#refusal].retry === "later";
  }

  /** Subscribes again where it was refused, or ended; false where it was not. */
  retry(): boolean {
    if (this.#held || this.#isIn) return false;
    this.attach();
    return true;
  }

  replied(reply: ReplyFrame): void {
    if (!reply.ok) return this.ended(reply.error.code);
    const { position, recovered, messages = [], opening } = reply.result as SubscribeResult;
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#isIn = true;
    this.#refusal = undefined;
    this.#events.onAttached({ channel: this.#channel, since: this.#position, position, recovered, opening });
    for (const message of messages) this.#events.onMessage(message);
    this.#position = position;
    for (const message of held) this.receive(message);
  }

  receive(message: RealtimeEnvelope): void {
    const { position } = message;
    const had = this.#position;
    if (this.#held) return void this.#held.push(message);
    if (!this.#isIn) return this.#events.onStray(message);
    if (position?.epoch !== had?.epoch) return this.attach();
    const step = position && had ? position.offset - had.offset : 1; // without history there is nothing to miss it by
    if (step < 1) return; // it has that one
    if (step > 1) return this.#repair(message);
    this.#position = position;
    this.#events.onMessage(message);
  }

  /** The server refused it, or ended it; what arrived meanwhile should not have. */
  ended(code: string): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#isIn = false;
    this.#refusal = code;
    this.#events.onRefused(this.#channel, code);
    for (const message of held) this.#events.onStray(message);
  }

  #repair(message: RealtimeEnvelope): void {
    this.#events.onHole(this.#channel);
    this.attach([message]);
  }
}

function isErrorCode(code: string | undefined): code is RealtimeErrorCode {
  return code !== undefined && code in ERROR_CODES;
}
