/**
 * The 53-bit hash of a value's JSON, in base 36. Not for secrets: a server learns from it which rows a client has. The server has the same
 * function, so a change here has to be made there too.
 */
export function digest(value: unknown): string {
  const text = JSON.stringify(value);
  let low = 0;
  let high = 1;
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x85ebca6b);
    low ^= low >>> 13; // what only the upper bits know has to reach the lower ones
    high = Math.imul(high ^ text.charCodeAt(at), 0xc2b2ae35);
    high ^= high >>> 16;
  }
  return ((high >>> 11) * 2 ** 32 + (low >>> 0)).toString(36);
}
