import type { ServerFrame } from "@repo/core-realtime";
import { textFrame, type EncodedFrame } from "@repo/core-realtime/server";

const EVENT = "2";
const ACK = "3";
const ENGINE_MESSAGE = "4";
const NEXT_MESSAGE = `\x1e${ENGINE_MESSAGE}`; // so packets are joined in a payload of engine.io's polling

/** Makes Socket.IO's own client not reconnect by itself. */
const DISCONNECT = "1";

/** Socket.IO packets on their way out, encoded once for all that receive them. Also the options that engine.io takes with a write. */
export class Packets implements EncodedFrame {
  /** For polling. The packets behind the first carry engine.io's own type. */
  readonly text: string;
  readonly byteLength: number;
  compress = false;
  readonly #encode: () => Buffer;
  #frames: [Buffer] | undefined;

  constructor(text: string, byteLength: number, encode: () => Buffer) {
    this.text = text;
    this.byteLength = byteLength;
    this.#encode = encode;
  }

  /** For a WebSocket: whole frames. Made once, and only where a client is on one. */
  get wsPreEncodedFrame(): [Buffer] {
    this.#frames ??= [this.#encode()];
    return this.#frames;
  }
}

/** Several as one. */
export function joinPackets(parts: readonly Packets[]): Packets {
  const text = parts.map((part) => part.text).join(NEXT_MESSAGE);
  const byteLength = parts.reduce((bytes, part) => bytes + part.byteLength, 0);
  return new Packets(text, byteLength, () => Buffer.concat(parts.flatMap((part) => part.wsPreEncodedFrame)));
}

/** A frame as the event that is named by its type. */
export function eventPacket({ type }: Pick<ServerFrame, "type">, text: string): Packets {
  return packet(`${EVENT}["${type}",${text}]`);
}

/** A message frame as the event `m`. */
export function messagePacket(text: string): Packets {
  return packet(`${EVENT}["m",${text}]`);
}

/** A reply as the acknowledgement that the client requested. */
export function replyPacket(ackId: string, text: string): Packets {
  return packet(`${ACK}${ackId}[${text}]`);
}

/** The end, for Socket.IO's own client. */
export function disconnectPacket(): Packets {
  return packet(DISCONNECT);
}

/** One packet. */
export function packet(text: string): Packets {
  return new Packets(text, Buffer.byteLength(text), () => textFrame(ENGINE_MESSAGE + text));
}
