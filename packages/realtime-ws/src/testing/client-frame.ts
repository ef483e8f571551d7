const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** The opcodes of RFC 6455 § 5.2. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** What may be wrong with a frame. */
export interface FrameOptions {
  readonly opcode?: number;
  readonly isFinal?: boolean;
  /** The three reserved bits, as a number. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  /** The length that the header claims. */
  readonly claims?: bigint;
}

/** A client's frame, right or wrong. */
export function clientFrame(payload: string | Buffer, options: FrameOptions = {}): Buffer {
  const { opcode = OPCODE.text, isFinal = true, reserved = 0, isMasked = true, claims } = options;
  const body = Buffer.from(payload);
  const length = claims ?? BigInt(body.length);
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const masked = isMasked ? body.map((byte, index) => byte ^ Number(MASK[index % 4])) : body;
  return Buffer.concat([Buffer.from([first]), lengthOf(length, isMasked), isMasked ? MASK : Buffer.alloc(0), masked]);
}

function lengthOf(length: bigint, isMasked: boolean): Buffer {
  const bit = isMasked ? 0x80 : 0;
  if (length < 126n) return Buffer.from([bit | Number(length)]);
  const field = Buffer.alloc(length < 65_536n ? 3 : 9);
  field[0] = bit | (field.length === 3 ? 126 : 127);
  if (field.length === 3) field.writeUInt16BE(Number(length), 1);
  else field.writeBigUInt64BE(length, 1);
  return field;
}
