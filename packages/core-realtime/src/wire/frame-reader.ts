import { SINGLE_EVENT } from "../channel/schema.js";
import type { EnvelopeFrame, ServerFrame, SubscribeResult } from "./frames.js";
import { senderFrom, type WireMessage } from "./message-text.js";

/** A channel as its subscribe reply described it. */
interface KnownChannel {
  readonly channel: string;
  readonly epoch: string | undefined;
}

/**
 * The receiving end of one connection: turns frames as they travel into frames as `frames.ts` describes them.
 * Channel numbers and epochs are learned from the replies to `subscribe`, so every frame of the connection has to pass, in order.
 */
export class FrameReader {
  readonly #channels = new Map<number, KnownChannel>();
  #unplaced = 0; // messages to this connection alone have no id: here each is another one

  /** A parsed frame; undefined where it belongs to no known channel or is none of the protocol. */
  read(shown: unknown): ServerFrame | undefined {
    if (typeof shown !== "object" || shown === null) return undefined;
    if ("m" in shown) return this.#message(shown as WireMessage);
    const frame = shown as ServerFrame;
    if (frame.type === "left") this.forget(frame.channel);
    if (frame.type !== "reply" || !frame.ok || !isSubscribed(frame.result)) return frame;
    const { number, channel, position, messages } = frame.result;
    this.forget(channel); // it may have had another number
    this.#channels.set(number, { channel, epoch: position?.epoch });
    if (!messages) return frame;
    const read = messages.flatMap((message) =>
      "m" in message ? (this.#message(message as unknown as WireMessage) ?? []) : message,
    );
    return { ...frame, result: { ...frame.result, messages: read } };
  }

  /** The channel was left: a connection that lives long would know the numbers of all that it ever had. */
  forget(channel: string): void {
    for (const [number, known] of this.#channels) if (known.channel === channel) this.#channels.delete(number);
  }

  #message({ m, o, t, e, u, i, x, p }: WireMessage): EnvelopeFrame | undefined {
    const known = this.#channels.get(m);
    if (!known) return undefined;
    const { channel, epoch } = known;
    const position = o !== undefined && epoch !== undefined ? { epoch, offset: o } : undefined;
    return {
      type: "message",
      id: i ?? `${channel}:${epoch}:${o ?? `-${(this.#unplaced += 1)}`}`,
      channel,
      event: e ?? SINGLE_EVENT,
      payload: p,
      at: t,
      sender: senderFrom(u),
      ...(position && { position }),
      ...(x !== undefined && { trace: x }),
    };
  }
}

function isSubscribed(result: unknown): result is SubscribeResult {
  return typeof result === "object" && result !== null && "number" in result && "channel" in result;
}
