const TEXT = 0x81; // FIN, opcode 1: one whole text message, unmasked as a server's frames are (RFC 6455 § 5.2)
const PING = 0x89;
const PONG = 0x8a;

/** A text message with its header in front: bytes that may be written to any number of sockets. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = TEXT;
  if (headerLength === 2) frame[1] = length;
  else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt16BE(0, 2);
    frame.writeUIntBE(length, 4, 6);
  }
  frame.write(text, headerLength);
  return frame;
}

/** A ping without a payload. */
export const PING_FRAME = Buffer.from([PING, 0]);

/** The answer to a ping: its payload, at most 125 bytes, given back. */
export function pongFrame(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([PONG, payload.length]), payload]);
}
