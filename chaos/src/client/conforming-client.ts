import { FrameReader, type MessageFrame, type ReplyFrame, type ServerFrame, type WireError } from "@repo/core-realtime";
import type { ChaosClient, ChaosClientEvents } from "./chaos-client";
import type { ChaosLink, OpenLink } from "./chaos-link";
import { ConformingSubscription } from "./conforming-subscription";
import { between, type Random } from "../network/random";

const PING_MS = 300;
const PATIENCE_MS = 1_500; // on a loaded machine a working connection may be silent for a second
const LONGEST_PAUSE_MS = 300; // before the next connection, and before it subscribes again where it was refused

/** How a client is set up. */
export interface ConformingClientOptions {
  readonly open: OpenLink;
  readonly channels: readonly string[];
  readonly random: Random;
  /** The prefix of its message ids; two clients of one user need two. */
  readonly idPrefix?: string;
}

interface PendingMessage {
  readonly frame: MessageFrame & { readonly id: string };
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** A client that does what PROTOCOL.md requires and no more; it always reconnects. */
export class ConformingClient implements ChaosClient {
  readonly #options: ConformingClientOptions;
  readonly #subscriptions: ReadonlyMap<string, ConformingSubscription>;
  readonly #events: ChaosClientEvents;
  readonly #pending = new Map<string, PendingMessage>();
  readonly #watch: NodeJS.Timeout;
  #link: ChaosLink | undefined;
  #isConnected = false;
  #receivedAt = 0;
  #written = 0;
  #isClosed = false;

  constructor(options: ConformingClientOptions, events: ChaosClientEvents) {
    const subscribe = (channel: string) =>
      new ConformingSubscription(channel, events, (frame) => this.#link?.send(frame));
    this.#options = options;
    this.#events = events;
    this.#subscriptions = new Map(options.channels.map((channel) => [channel, subscribe(channel)]));
    this.#watch = setInterval(() => this.#listen(), PING_MS);
    this.#connect();
  }

  publish(channel: string, payload: object, event?: string): Promise<unknown> {
    const { idPrefix = "m" } = this.#options;
    return new Promise((resolve, reject) => {
      const id = `${idPrefix}${++this.#written}`;
      const frame = { type: "message", id, channel, payload, ...(event && { event }) } as const;
      this.#pending.set(id, { frame, resolve, reject });
      if (this.#isConnected && !this.#subscriptions.get(channel)?.isWaiting) this.#link?.send(frame);
    });
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#watch);
    this.#link?.cut();
  }

  #connect(): void {
    if (this.#isClosed) return;
    const reader = new FrameReader();
    const mine: ChaosLink = this.#options.open({
      onFrame: (shown) => this.#link === mine && this.#receive(shown, reader),
      onClose: () => this.#link === mine && this.#lost(),
    });
    this.#link = mine;
    this.#receivedAt = performance.now();
  }

  /** Frames of the old connection are ignored. */
  #lost(): void {
    const link = this.#link;
    this.#link = undefined; // first: a link may report its end while it is cut, and its event must be ignored
    this.#isConnected = false;
    link?.cut();
    this.#soon(() => this.#connect());
  }

  #listen(): void {
    if (!this.#link) return;
    if (performance.now() - this.#receivedAt > PATIENCE_MS) this.#lost();
    else if (this.#isConnected) this.#link.send({ type: "ping" });
  }

  /** The one place where frames are decoded. */
  #receive(shown: unknown, reader: FrameReader): void {
    this.#receivedAt = performance.now();
    const frame = reader.read(shown);
    if (frame) this.#take(frame);
    else this.#events.onUnknown(shown);
  }

  #take(frame: ServerFrame): void {
    if (frame.type === "connected") this.#resume();
    if (frame.type === "reply") this.#replied(frame);
    if (frame.type === "message") this.#deliver(frame);
    if (frame.type === "left")
      this.#ended(frame, () => this.#subscriptions.get(frame.channel)?.ended(frame.error.code));
  }

  /** Subscribes first; what has no reply is sent again, in its old order, under its old id. */
  #resume(): void {
    this.#isConnected = true;
    this.#events.onResent(this.#pending.size);
    for (const subscription of this.#subscriptions.values()) subscription.attach();
    for (const { frame } of this.#pending.values()) this.#link?.send(frame);
  }

  #deliver(message: Extract<ServerFrame, { readonly type: "message" }>): void {
    const subscription = this.#subscriptions.get(message.channel);
    if (subscription) subscription.receive(message);
    else this.#events.onStray(message);
  }

  #replied(reply: ReplyFrame): void {
    const { id = "" } = reply;
    const subscription = this.#subscriptions.get(id);
    if (subscription && !reply.ok)
      return this.#ended({ channel: id, error: reply.error }, () => subscription.replied(reply));
    if (subscription) return subscription.replied(reply);
    const pending = this.#pending.get(id);
    const isOut = pending && this.#subscriptions.get(pending.frame.channel)?.isOutForNow;
    if (!reply.ok && reply.error.code === "NOT_SUBSCRIBED" && isOut) return; // it was sent behind a subscribe that was refused for now
    if (!reply.ok && reply.error.code === "ISOLATED") return this.#sendLater(id, reply.error); // under its id: an earlier try may have been stored
    this.#pending.delete(id);
    if (reply.ok) pending?.resolve(reply.result);
    else pending?.reject(new Error(reply.error.code));
  }

  /** Subscribes again and again: a client without a right must be refused each time. */
  #ended({ channel, error }: { readonly channel: string; readonly error: WireError }, end: () => void): void {
    end();
    const link = this.#link;
    this.#soon(() => {
      if (this.#link === link && this.#subscriptions.get(channel)?.retry()) this.#sendAgain(channel);
    }, error);
  }

  /** Behind the subscribe, in the old order. */
  #sendAgain(channel: string): void {
    for (const { frame } of this.#pending.values()) if (frame.channel === channel) this.#link?.send(frame);
  }

  #sendLater(id: string, error: WireError): void {
    const link = this.#link;
    this.#soon(() => {
      const pending = this.#pending.get(id);
      if (pending && this.#link === link && this.#isConnected) link?.send(pending.frame);
    }, error);
  }

  /** Not before the time that the server sent. */
  #soon(act: () => void, { retryAfterMs = 0 }: Partial<WireError> = {}): void {
    setTimeout(act, retryAfterMs + between(this.#options.random, 1, LONGEST_PAUSE_MS));
  }
}
