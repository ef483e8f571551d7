import { formatStatement, printWidthOf, type Style } from "./format.js";
import type { Source } from "./source.js";

/** A statement on the top level, or the head of one: what is set anew when an edit makes it too long for its line. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  /** What makes a head a statement that parses. */
  readonly closing?: "{}";
}

/** An edit inside a unit. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Puts text in, and touches nothing else, unless its unit no longer fits on its line: then Prettier sets that anew. */
export async function splice(source: Source, { start, end, text }: Edit, { unit, style }: Place): Promise<void> {
  const after = source.text.slice(unit?.start ?? start, start) + text + source.text.slice(end, unit?.end ?? end);
  if (unit && !isLine(after, unit, style)) {
    const isHead = unit.closing !== undefined;
    const code = await formatStatement(isHead ? `${after}{0;}` : after, style); // a body with a line of its own, as the real one has
    const lines = (isHead ? code.slice(0, code.lastIndexOf("{")) : code).split("\n");
    source.edits.overwrite(unit.start, unit.end, lines.join(source.eol));
  } else if (start === end) source.edits.appendLeft(start, text);
  else source.edits.overwrite(start, end, text);
}

function isLine(text: string, { closing }: Unit, style: Style): boolean {
  const brace = closing ? "{".length : 0; // a head's line goes on
  return !text.includes("\n") && text.length + brace <= printWidthOf(style);
}

/** Where an edit is made, and how the workspace writes its code. */
export interface Place {
  /** Left out where nothing may be set anew. */
  readonly unit?: Unit;
  readonly style: Style;
}
