/**
 * Writes a concrete channel name as the server spells it: each value percent-encoded, `.` and `:` too.
 * A placeholder without a value stays as it is, and the server's refusal shows it.
 */
export function encodeName(template: string, params: Readonly<Record<string, string>> = {}): string {
  return template.replace(/{(\w+)}/g, (placeholder, name: string) => {
    const value = params[name];
    return value === undefined ? placeholder : encode(value);
  });
}

/** The same for a name as the database has it: `:` and `.` stay. */
export function encodeRaw(name: string): string {
  return encode(name).replace(/%3A|%2E/g, decodeURIComponent);
}

/** `encodeURIComponent` leaves `. ! ~ * ' ( )` alone. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[^\w%-]/g, (mark) => "%" + mark.charCodeAt(0).toString(16).toUpperCase());
}
