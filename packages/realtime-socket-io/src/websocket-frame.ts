const FINAL_TEXT = 0x81;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** A final, unmasked text frame (RFC 6455 § 5.2), as a server sends it. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = headerBytes(length);
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = FINAL_TEXT;
  if (header === 2) frame[1] = length;
  else if (header === 4) frame.writeUInt16BE(length, frame.writeUInt8(LENGTH_IN_2_BYTES, 1));
  else frame.writeBigUInt64BE(BigInt(length), frame.writeUInt8(LENGTH_IN_8_BYTES, 1));
  frame.write(text, header);
  return frame;
}

function headerBytes(length: number): 2 | 4 | 10 {
  if (length < LENGTH_IN_2_BYTES) return 2;
  return length < 2 ** 16 ? 4 : 10;
}
