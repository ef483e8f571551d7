import {
  addressOf,
  isSchema,
  RealtimeError,
  type Addressable,
  type AskInput,
  type ChannelAddress,
  type ChannelOf,
  type ConnectedFrame,
  type EnvelopeFrame,
  type RealtimeChannel,
  type ReplyOutput,
  type SubscribeFrame,
  type SubscribeResult,
  type WireError,
} from "@repo/core-realtime";
import type { FrameOf, FrameType } from "../client/frame-inbox";
import type { Ending, TestClient, ClientRequest } from "../client/test-client";
import type { RecordingObserver } from "../recording-observer";
import type { ClientMessage, ReceivedMessage } from "./client-message";

const FAILURES: ReadonlySet<string> = new Set(["HANDLER_FAILED", "INTERNAL_ERROR"]);

/** One client that passed gate 1. What the server refuses is thrown as the `RealtimeError` it is. */
export class HarnessClient {
  readonly #client: TestClient;
  readonly #observer: RecordingObserver;
  /** What gate 1 sent. */
  readonly connected: ConnectedFrame;

  private constructor(client: TestClient, connected: ConnectedFrame, observer: RecordingObserver) {
    this.#client = client;
    this.#observer = observer;
    this.connected = connected;
  }

  /** Waits for gate 1; throws its refusal. */
  static async of(client: TestClient, observer: RecordingObserver): Promise<HarnessClient> {
    try {
      return new HarnessClient(client, await client.next("connected"), observer);
    } catch (cause) {
      const close = client.frames.find((frame) => frame.type === "close");
      throw close ? errorOf(close.error, observer) : cause;
    }
  }

  /** Joins a channel. */
  async subscribe<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    options: Pick<SubscribeFrame, "since" | "rewind" | "latest"> & { readonly ask?: AskInput<ChannelOf<T>> } = {},
  ): Promise<SubscribeResult> {
    return (await this.#request({ type: "subscribe", channel: addressOf(to).name, ...options })) as SubscribeResult;
  }

  /** Leaves it. */
  async unsubscribe<T extends RealtimeChannel | ChannelAddress>(to: T & Addressable<T>): Promise<void> {
    await this.#request({ type: "unsubscribe", channel: addressOf(to).name });
  }

  /** Sends a message to a channel's handler; resolves with its reply. */
  async send<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: ClientMessage<ChannelOf<T>>
  ): Promise<ReplyOutput<ChannelOf<T>>> {
    const { channel, name } = addressOf(to);
    const published: readonly unknown[] = message;
    const [event, payload] = isSchema(channel.inbound) ? [undefined, published[0]] : published;
    const frame = {
      type: "message",
      channel: name,
      ...(event !== undefined && { event: String(event) }),
      payload,
    } as const;
    return (await this.#request(frame)) as ReplyOutput<ChannelOf<T>>;
  }

  /** Shows a new token on the same connection, or lets the cookie be read again. */
  async refresh(token?: string): Promise<void> {
    await this.#request({ type: "refresh", ...(token !== undefined && { token }) });
  }

  /** What was received of a channel so far, oldest first. */
  received<T extends RealtimeChannel | ChannelAddress>(
    from: T & Addressable<T>,
  ): readonly ReceivedMessage<ChannelOf<T>>[] {
    return this.#client.envelopes(addressOf(from).name).map((frame) => messageOf<ChannelOf<T>>(frame));
  }

  /** Takes the next message of a channel, of those not taken yet and those to come. */
  async nextMessage<T extends RealtimeChannel | ChannelAddress>(
    from: T & Addressable<T>,
  ): Promise<ReceivedMessage<ChannelOf<T>>> {
    return messageOf<ChannelOf<T>>(await this.#client.nextEnvelope(addressOf(from).name));
  }

  /** Takes the next frame of a type: `"left"`, `"expiring"`, `"draining"` … */
  async next<Type extends FrameType>(type: Type): Promise<FrameOf<Type>> {
    return this.#client.next(type);
  }

  /** Resolves when everything that the server sent before has arrived. */
  async roundTrip(): Promise<void> {
    await this.#client.roundTrip();
  }

  /** Resolves when the connection has ended, with the close frame where there was one. */
  async ended(): Promise<Ending> {
    return this.#client.ended();
  }

  /** Closes the connection. */
  close(): void {
    this.#client.link.close();
  }

  async #request(frame: ClientRequest): Promise<unknown> {
    const reply = await this.#client.request(frame);
    if (!reply.ok) throw errorOf(reply.error, this.#observer);
    return reply.result;
  }
}

/** The server's schema made this payload; the channel's type describes it. */
function messageOf<C extends RealtimeChannel>({ type: _type, ...envelope }: EnvelopeFrame): ReceivedMessage<C> {
  return envelope as ReceivedMessage<C>;
}

/** The error that the server threw, as far as it is on the wire. Where the server's own code failed, its newest failure is the cause. */
function errorOf({ code, ...more }: WireError, observer: RecordingObserver): RealtimeError {
  if (!FAILURES.has(code)) return new RealtimeError(code, more);
  return new RealtimeError(code, { ...more, cause: observer.of("failed").at(-1)?.cause });
}
