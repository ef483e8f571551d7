let lastMs = 0;
let count = 0;

/** A UUID of version 7: in the order of time, and of the calls within one millisecond. */
export function uuidV7(now: number = Date.now()): string {
  count = now > lastMs ? 0 : count + 1;
  lastMs = Math.max(lastMs, now) + (count >> 12); // a full counter borrows a millisecond
  count &= 0xfff;
  const [first = 0, ...bytes] = crypto.getRandomValues(new Uint8Array(8));
  const random = [(first & 0x3f) | 0x80, ...bytes].map((byte) => hex(byte, 2)).join("");
  return `${hex(lastMs, 12)}7${hex(count, 3)}${random}`.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
