import { Visitor, type ImportDeclaration } from "oxc-parser";
import { check } from "prettier";
import type { Change } from "../workspace/change.js";
import { formatFile, type Style } from "./format.js";
import { importSpan, type ListSpan } from "./list-span.js";
import { restOfLine, skipTrivia } from "./skip-trivia.js";
import { changeOf, type Source } from "./source.js";

/** A piece of code, by its offsets. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Takes a statement out, with the line that it leaves empty. */
export function removeStatement({ text, edits, ...source }: Source, { start, end }: Piece): void {
  const after = restOfLine({ text, edits, ...source }, end);
  const eol = /^\r?\n/.exec(text.slice(after))?.[0] ?? "";
  edits.remove(start, after + eol.length);
}

/** Takes an entry out of a list, with its comma and the lines that it leaves empty. */
export function removeEntry(source: Source, { entries }: ListSpan, entry: Piece): void {
  const { text, edits } = source;
  const at = entries.findIndex(({ start }) => start === entry.start);
  const comma = skipTrivia(source, entry.end);
  const end = text.charAt(comma) === "," ? comma + 1 : entry.end;
  const lineStart = text.lastIndexOf("\n", entry.start - 1) + 1;
  const lineEnd = restOfLine(source, end);
  const isOwnLine = text.slice(lineStart, entry.start).trim() === "" && /^\r?\n/.test(text.slice(lineEnd));
  if (isOwnLine) return void edits.remove(lineStart, lineEnd + (text.charAt(lineEnd) === "\r" ? 2 : 1));
  const before = at > 0 && end === entry.end ? entries[at - 1] : undefined; // the last of a line: its comma is before it
  edits.remove(before?.end ?? entry.start, before ? entry.end : skipSpaces(text, end));
}

function skipSpaces(text: string, offset: number): number {
  let at = offset;
  while (text.charAt(at) === " ") at += 1;
  return at;
}

/** Whether a name is used anywhere but in its import, in an export from elsewhere, and in these pieces. */
export function isUsedOutside(source: Source, name: string, pieces: readonly Piece[]): boolean {
  let isUsed = false;
  const look = ({ name: found, start }: { readonly name: string } & Piece): void => {
    if (found === name && !pieces.some((piece) => piece.start <= start && start < piece.end)) isUsed = true;
  };
  new Visitor({ Identifier: look }).visit({
    ...source.program,
    body: source.program.body.filter((statement) => !("source" in statement) || statement.source === null),
  });
  return isUsed;
}

/** Takes out the imports that nothing uses once these pieces are gone, or `kept` stands in their place. */
export function removeUnusedImports(source: Source, pieces: readonly Piece[], kept = ""): void {
  for (const node of source.program.body) {
    if (node.type !== "ImportDeclaration") continue;
    const unused = node.specifiers.filter(
      ({ local: { name } }) =>
        isUsedIn(source, name, pieces) && !isUsedOutside(source, name, pieces) && !mentions(kept, name),
    );
    if (unused.length > 0) removeSpecifiers(source, node, unused);
  }
}

function removeSpecifiers(source: Source, node: ImportDeclaration, unused: readonly Piece[]): void {
  const span = importSpan(source, node);
  if (unused.length < node.specifiers.length && span)
    for (const specifier of unused) removeEntry(source, span, specifier);
  else removeStatement(source, node);
}

function isUsedIn({ text }: Source, name: string, pieces: readonly Piece[]): boolean {
  return pieces.some(({ start, end }) => mentions(text.slice(start, end), name));
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

/** The file without what was taken out; set anew by Prettier where it was as Prettier sets it. */
export async function changeWithout(source: Source, style: Style): Promise<Change> {
  const { path, before, after } = changeOf(source);
  const text = after.replace(/^(\uFEFF?)(\r?\n)+/, "$1"); // no import is left above the first line
  const isTidy = await check(source.text, { ...style, filepath: path });
  return { path, before, after: isTidy && text !== before ? await formatFile(path, text, style) : text };
}
