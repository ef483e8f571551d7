import type { Anchor } from "../feature/anchors.js";
import { enclosingList } from "./enclosing-list.js";
import { findAnchor } from "./find-anchor.js";
import { formatEntry, formatStatement, lastCommaOf, type Style } from "./format.js";
import { listSpan } from "./list-span.js";
import { skipTrivia } from "./skip-trivia.js";
import { indentAt, type Source } from "./source.js";

/** Code that goes in before an anchor, on lines of its own. */
export interface Insertion {
  readonly anchor: Anchor;
  readonly code: string;
  readonly style: Style;
}

/** Puts a statement in, or an entry where the anchor stands in a list. */
export async function insertAtAnchor(source: Source, { anchor, code, style }: Insertion): Promise<void> {
  const { start } = findAnchor(source, anchor);
  const indent = indentAt(source, start);
  const list = enclosingList(source, start);
  const text = list ? await formatEntry(code, { list: list.type, indent }, style) : await formatStatement(code, style);
  const comma = list ? commasAround(source, listSpan(source, list).entries, { start, style }) : "";
  source.edits.appendLeft(start, text.split("\n").join(source.eol) + comma + source.eol + indent);
}

interface Gap {
  readonly start: number;
  readonly style: Style;
}

/** Gives the entry before the gap the comma that it may lack; returns the one that the new entry needs. */
function commasAround(source: Source, entries: ListEntries, { start, style }: Gap): string {
  const before = entries.findLast(({ end }) => end <= start);
  if (before && source.text.charAt(skipTrivia(source, before.end)) !== ",") source.edits.appendLeft(before.end, ",");
  return entries.some((entry) => entry.start > start) ? "," : lastCommaOf(style);
}

type ListEntries = readonly { readonly start: number; readonly end: number }[];
