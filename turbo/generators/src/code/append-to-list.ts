import type { ListSpan } from "./list-span.js";
import { restOfLine, skipTrivia } from "./skip-trivia.js";
import { indentAt, type Source } from "./source.js";
import { splice, type Place } from "./splice.js";

/** What goes to the end of a list. */
export interface Addition extends Place {
  readonly added: readonly string[];
}

/** Adds entries at the end of a list, in the list's own manner: each on a line, or on its line while they fit. */
export async function appendToList(source: Source, list: ListSpan, addition: Addition): Promise<void> {
  const { added } = addition;
  const last = list.entries.at(-1);
  if (added.length === 0) return;
  if (last && source.text.slice(list.open, last.start).includes("\n")) return addLines(source, last, added);
  const at = last?.end ?? list.open + 1;
  return splice(source, { start: at, end: at, text: inlineText(source, list, added) }, addition);
}

function addLines(source: Source, last: ListSpan["entries"][number], added: readonly string[]): void {
  const comma = skipTrivia(source, last.end);
  const hasComma = source.text.charAt(comma) === ",";
  if (!hasComma) source.edits.appendLeft(last.end, ",");
  const lines = added.map((entry) => source.eol + indentAt(source, last.start) + entry).join(",");
  source.edits.appendLeft(restOfLine(source, hasComma ? comma + 1 : last.end), hasComma ? `${lines},` : lines);
}

function inlineText(source: Source, { open, entries }: ListSpan, added: readonly string[]): string {
  const text = added.join(", ");
  if (entries.length > 0) return `, ${text}`;
  return source.text.charAt(open) === "{" ? ` ${text} ` : text;
}
