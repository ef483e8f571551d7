/**
 * Writes a concrete channel name as the server spells it: each value percent-encoded, `.` and `:` too.
 * The server checks lengths and surrogates; here is only what must agree byte for byte.
 */
export function encodeName(template: string, params: Readonly<Record<string, string>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, param: string) => {
    const value = params[param];
    if (typeof value !== "string") throw new TypeError(`Channel "${template}" needs a string for {${param}}.`);
    return encodeURIComponent(value).replace(
      /[.!~*'()]/g,
      (mark) => "%" + mark.charCodeAt(0).toString(16).toUpperCase(),
    );
  });
}
