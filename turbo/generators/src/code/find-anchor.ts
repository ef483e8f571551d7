import type { Comment } from "oxc-parser";
import type { Anchor } from "../feature/anchors.js";
import { Refusal } from "../refusal.js";
import { enclosingList } from "./enclosing-list.js";
import type { Source } from "./source.js";

/** The one comment that is the anchor; in a string, a template or a block comment the same words are none. */
export function findAnchor(source: Source, anchor: Anchor): Comment {
  const [found, ...doubles] = source.comments.filter(
    ({ type, value }) => type === "Line" && `//${value}`.trimEnd() === anchor.line,
  );
  if (!found) throw refusal(source, anchor, `has lost its anchor. Paste this line ${anchor.where}`);
  if (doubles.length > 0) {
    const lines = [found, ...doubles].map(({ start }) => lineOf(source.text, start)).join(", ");
    throw refusal(source, anchor, `has the same anchor on lines ${lines}. Keep one, ${anchor.where}`);
  }
  if (!isInPlace(source, found, anchor))
    throw refusal(source, anchor, `has its anchor in the wrong place. Move this line; it belongs ${anchor.where}`);
  return found;
}

function isInPlace(source: Source, { start }: Comment, { place }: Anchor): boolean {
  const line = source.text.slice(source.text.lastIndexOf("\n", start - 1) + 1, start);
  if (line.trim() !== "") return false;
  if (place !== "module") return enclosingList(source, start)?.type === place;
  return !source.program.body.some((statement) => statement.start < start && start < statement.end);
}

function refusal({ path }: Source, { line }: Anchor, what: string): Refusal {
  return new Refusal(`${path} ${what}:\n\n  ${line}\n`);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
