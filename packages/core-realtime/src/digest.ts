/**
 * 53 bits of a text, in base 36: two of some thousand rows do not have the same by chance. Not for secrets. Client and server of a live
 * query compare rows by it.
 */
export function digest(text: string): string {
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
