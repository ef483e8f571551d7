/**
 * Names as the database has them. On the wire, what is neither letter, digit, `_`, `-`, `.` nor `:` is percent-encoded; in SQL it is not:
 * policies compare names with plain values. A name whose parts hold an encoded separator keeps its wire spelling in SQL, where `%` marks it.
 */

/** The name in SQL of a name on the wire. */
export function storedNameOf(wireName: string): string {
  if (!wireName.includes("%")) return wireName;
  const decoded = decode(wireName);
  return decoded !== undefined && !decoded.includes("%") && encode(decoded) === wireName ? decoded : wireName;
}

/** The name on the wire of a name in SQL. */
export function wireNameOf(storedName: string): string {
  return storedName.includes("%") ? storedName : (encode(storedName) ?? storedName);
}

/** `encodeURIComponent` leaves `. ! ~ * ' ( )` alone; a channel name only `.`, and `:`. */
function encode(name: string): string | undefined {
  if (LONE_SURROGATE.test(name)) return undefined;
  return encodeURIComponent(name)
    .replaceAll("%3A", ":")
    .replace(/[!~*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function decode(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined; // a malformed escape names nothing
  }
}
