import { segmentsOf, separatorsOf, type ChannelTemplate } from "./channel-template.js";

/** The longest value of a placeholder, in bytes of UTF-8. */
export const MAX_PARAM_BYTES = 256;

const utf8 = new TextEncoder();

/** Writes a concrete channel name: each value percent-encoded (RFC 3986), `.` and `:` and every reserved mark too. */
export function formatName(template: ChannelTemplate, params: Readonly<Record<string, string>>): string {
  let name = "";
  template.segments.forEach((segment, index) => {
    if (index > 0) name += template.separators[index - 1];
    name += segment.kind === "literal" ? segment.text : encodeParam(segment.name, params);
  });
  return name;
}

/** Reads a concrete name back into parameters, or nothing where it is not this template in its one canonical spelling. */
export function matchName(template: ChannelTemplate, name: string): Readonly<Record<string, string>> | undefined {
  if (separatorsOf(name) !== template.separators) return undefined;
  const found: Record<string, string> = Object.create(null);
  const texts = segmentsOf(name);
  for (const [index, segment] of template.segments.entries()) {
    const text = texts[index] ?? "";
    if (segment.kind === "literal") {
      if (segment.text !== text) return undefined;
      continue;
    }
    const value = decodeParam(text);
    if (value === undefined) return undefined;
    found[segment.name] = value;
  }
  return found;
}

function encodeParam(param: string, params: Readonly<Record<string, string>>): string {
  const value = Object.hasOwn(params, param) ? params[param] : undefined;
  if (typeof value !== "string") throw new TypeError(`.at() needs a string for {${param}}, got ${typeof value}.`);
  if (utf8.encode(value).length > MAX_PARAM_BYTES)
    throw new TypeError(`.at() takes at most ${MAX_PARAM_BYTES} bytes for {${param}}.`);
  if (!isWellFormed(value))
    throw new TypeError(`.at() got half a surrogate pair for {${param}}; pass well-formed text.`);
  return encode(value);
}

/** `encodeURIComponent` leaves `. ! ~ * ' ( )` alone; here only letters, digits, `_` and `-` stay. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/[.!~*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodeParam(text: string): string | undefined {
  const value = decodeText(text);
  if (value === undefined || encode(value) !== text) return undefined; // one spelling only: a second one could bypass a revocation
  return utf8.encode(value).length > MAX_PARAM_BYTES ? undefined : value;
}

function decodeText(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a malformed escape is simply no match
  }
}

function isWellFormed(value: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);
}
