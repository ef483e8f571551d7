import type { RealtimeEnvelope, ReplyFrame, ServerFrame } from "@repo/core-realtime";
import { encodeEnvelope, encodeFrame } from "@repo/core-realtime/server";
import { textFrame } from "./websocket-frame.js";

const EVENT = "2";
const ACK = "3";
const DISCONNECT = "1";
const ENGINE_MESSAGE = "4";

/** One Socket.IO packet on its way out, encoded once for all who get it. */
export class Packet {
  /** As Socket.IO writes it. */
  readonly text: string;
  /** Of which channel it is a message; undefined for what concerns the connection. */
  readonly channel: string | undefined;
  readonly bytes: number;
  #frame: Buffer | undefined;

  constructor(text: string, channel?: string) {
    this.text = text;
    this.channel = channel;
    this.bytes = Buffer.byteLength(text);
  }

  /** As a whole WebSocket frame; made once, and only where somebody is on a WebSocket. */
  get frame(): Buffer {
    this.#frame ??= textFrame(ENGINE_MESSAGE + this.text);
    return this.#frame;
  }
}

/** A frame as the event that is named by its type. */
export function eventPacket(frame: ServerFrame): Packet {
  return new Packet(`${EVENT}["${frame.type}",${encodeFrame(frame)}]`);
}

/** An envelope as the event `message`. */
export function envelopePacket(envelope: RealtimeEnvelope): Packet {
  return new Packet(`${EVENT}["message",${encodeEnvelope(envelope)}]`, envelope.channel);
}

/** A reply as the acknowledgement that the client asked for. */
export function replyPacket(ackId: string, reply: ReplyFrame): Packet {
  return new Packet(`${ACK}${ackId}[${encodeFrame(reply)}]`);
}

/** Tells Socket.IO's own client not to come back by itself. */
export function disconnectPacket(): Packet {
  return new Packet(DISCONNECT);
}
