const FINAL = 0x80; // RFC 6455 § 5.2: one whole message, unmasked as a server's frames are
const TEXT = FINAL | 0x1;
const PING = FINAL | 0x9;
const PONG = FINAL | 0xa;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** A text message with its header in front: bytes that may be written to any number of sockets. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headerBytes = headerBytesOf(length);
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame[0] = TEXT;
  if (headerBytes === 2) frame[1] = length;
  else if (headerBytes === 4) frame.writeUInt16BE(length, frame.writeUInt8(LENGTH_IN_2_BYTES, 1));
  else frame.writeUIntBE(length, frame.writeUInt16BE(0, frame.writeUInt8(LENGTH_IN_8_BYTES, 1)), 6);
  frame.write(text, headerBytes);
  return frame;
}

/** A ping without a payload. */
export const PING_FRAME = Buffer.from([PING, 0]);

/** The reply to a ping: its payload, at most 125 bytes. */
export function pongFrame(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([PONG, payload.length]), payload]);
}

function headerBytesOf(length: number): 2 | 4 | 10 {
  if (length < LENGTH_IN_2_BYTES) return 2;
  return length < 2 ** 16 ? 4 : 10;
}
