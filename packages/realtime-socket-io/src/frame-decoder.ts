import { EventEmitter } from "node:events";
import type { TransportLimits } from "@repo/core-realtime";
import { Encoder, PacketType } from "socket.io-parser";

/** What a client sent, as far as this wire can read it: the frame, whatever it is, and the acknowledgement that it waits for. */
export interface IncomingFrame {
  readonly frame: unknown;
  readonly ackId: string | undefined;
}

/** The one event that Socket.IO ever receives: no name that a peer chooses is looked up anywhere. */
export const FRAME_EVENT = "frame";

const MAX_ACK_DIGITS = 16; // as many as 2^53 − 1 has
const EVENT_PACKET = /^2(\d*)(\[.*)$/s;
const CONNECT_PACKET = /^0(\{.*)?$/s;
const DISCONNECT_PACKET = "1";
const NO_FRAME = Object.freeze<IncomingFrame>({ frame: null, ackId: undefined });

/**
 * Reads packets where Socket.IO's own parser would, and makes every one of them a connect, a disconnect or a frame.
 * Binary packets, other namespaces and nonsense become a frame that the gateway refuses; nothing is kept between packets.
 */
export class FrameDecoder extends EventEmitter {
  readonly #maxFrameBytes: number;

  constructor(maxFrameBytes: number) {
    super();
    this.#maxFrameBytes = maxFrameBytes;
  }

  add(packet: unknown): void {
    this.emit("decoded", this.#decode(packet));
  }

  destroy(): void {
    this.removeAllListeners();
  }

  #decode(packet: unknown) {
    if (typeof packet !== "string") return framePacket(NO_FRAME);
    if (packet === DISCONNECT_PACKET) return { type: PacketType.DISCONNECT, nsp: "/" };
    const connect = CONNECT_PACKET.exec(packet);
    if (connect) return connectPacket(connect[1]);
    const event = EVENT_PACKET.exec(packet);
    return framePacket(event ? readEvent(event[1] ?? "", event[2] ?? "", this.#maxFrameBytes) : NO_FRAME);
  }
}

/** A parser, as Socket.IO takes one. */
export interface FrameParser {
  readonly Encoder: typeof Encoder;
  readonly Decoder: new () => FrameDecoder;
}

/** The parser of these limits. */
export function frameParser({ maxFrameBytes }: TransportLimits): FrameParser {
  return {
    Encoder,
    Decoder: class extends FrameDecoder {
      constructor() {
        super(maxFrameBytes);
      }
    },
  };
}

function connectPacket(auth: string | undefined) {
  const data = auth === undefined ? {} : parse(auth);
  return isObject(data) ? { type: PacketType.CONNECT, nsp: "/", data } : framePacket(NO_FRAME);
}

function framePacket(incoming: IncomingFrame) {
  return { type: PacketType.EVENT, nsp: "/", data: [FRAME_EVENT, incoming] };
}

/** `[type, body?]`: the event's name is the frame's type, whatever the body names. */
function readEvent(digits: string, json: string, maxFrameBytes: number): IncomingFrame {
  if (digits.length > MAX_ACK_DIGITS || !Number.isSafeInteger(Number(digits))) return NO_FRAME;
  const ackId = digits === "" ? undefined : digits;
  const args = parse(json);
  if (!Array.isArray(args) || args.length > 2) return { frame: null, ackId };
  const [type, body = {}]: unknown[] = args;
  if (Buffer.byteLength(json) - wrapping(type) > maxFrameBytes) return { frame: json, ackId }; // as text, so that the gateway sees how long it is
  return { frame: isObject(body) ? { ...body, type } : null, ackId };
}

/** What this wire puts around a frame: `["subscribe",` and `]`. */
function wrapping(type: unknown): number {
  return typeof type === "string" ? `["${type}",]`.length : 0;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // refused by the caller: it is neither an object nor an array
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
