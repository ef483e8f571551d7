const MAX_NAME = 120; // characters of a name that a client chose
const MAX_STACK = 4_000;
const MAX_CAUSES = 3;
const NOT_PRINTABLE = /[^\x20-\x7e]/g;
const NOT_PRINTABLE_LINES = /[^\x20-\x7e\n]/g;

/** A name from the network in quotes, cut to 120 characters; whatever a terminal might take for a command is escaped. */
export function printable(name: string): string {
  const text = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
  return JSON.stringify(text).replace(NOT_PRINTABLE, escaped);
}

/**
 * The stack of an error and of its causes, cut to 4 000 characters. Every line but the first is indented: a message with line breaks
 * cannot look like a line of the log. Its other properties are left out: errors of HTTP clients and
 * databases carry headers and rows there.
 */
export function stackOf(cause: unknown): string {
  const texts: string[] = [];
  for (let error = cause; error !== undefined && texts.length < MAX_CAUSES; error = causeOf(error))
    texts.push(textOf(error));
  const text = texts.map((lines) => lines.replaceAll("\n", "\n    ")).join("\nCaused by: ");
  return text.slice(0, MAX_STACK).replace(NOT_PRINTABLE_LINES, escaped);
}

/** The first line of a stack that names a place: `at Object.<anonymous> (/app/on-order.ts:7:9)`; empty where there is none. */
export function firstFrameOf(cause: unknown): string {
  return (cause instanceof Error && cause.stack?.match(/^ *at .+$/m)?.[0].trim()) || "";
}

function textOf(error: unknown): string {
  if (error instanceof Error) return error.stack ?? `${error.name}: ${error.message}`;
  return typeof error === "string" ? `thrown: ${printable(error)}` : `thrown: a value of type ${typeof error}; throw an Error, which has a stack.`; // prettier-ignore
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
