import { escapeHtml } from "../template/escape-html.js";

/** Text as HTML, also where it comes from elsewhere: a parser makes "\n" of a bare "\r", and drops or replaces NUL. */
export function escapeForParser(text: string): string {
  return escapeHtml(text).replaceAll("\r", "&#13;").replaceAll("\0", "\uFFFD");
}

/** Whether an id is the same text in HTML, in a selector and in an attribute. */
export function isPlainId(id: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(id);
}

/**
 * The selector of an element by its id. Every other character is written as six hexadecimal digits, because htmx
 * splits selectors at commas and trims them before it reads escapes.
 */
export function idSelector(id: string): string {
  if (isPlainId(id)) return `#${id}`;
  return `#${[...id].map((character, index) => (isLiteral(character, index) ? character : hex(character))).join("")}`;
}

function isLiteral(character: string, index: number): boolean {
  return index === 0 ? /[A-Za-z_]/.test(character) : /[\w-]/.test(character);
}

function hex(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\${(code === 0 ? 0xfffd : code).toString(16).padStart(6, "0")}`;
}
