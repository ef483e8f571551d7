/**
 * Writes a concrete channel name as the server spells it: each value percent-encoded, `.` and `:` too.
 * A placeholder without a value stays as it is, and the server's refusal shows it.
 */
export function encodeName(template: string, params: Readonly<Record<string, string>> = {}): string {
  return template.replace(/{(\w+)}/g, (placeholder, name: string) => {
    const value = params[name];
    return value === undefined ? placeholder : encodeURIComponent(value).replace(/[^\w%-]/g, escape);
  });
}

/** `encodeURIComponent` leaves `. ! ~ * ' ( )` alone. */
function escape(mark: string): string {
  return "%" + mark.charCodeAt(0).toString(16).toUpperCase();
}
