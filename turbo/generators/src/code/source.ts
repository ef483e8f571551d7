import MagicString from "magic-string";
import { parseSync, type Comment, type EcmaScriptModule, type Program } from "oxc-parser";
import { Refusal } from "../refusal.js";
import type { FileChange } from "../workspace/change.js";

/** A TypeScript file, parsed, and the edits made to it so far; whatever is not edited keeps its bytes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** How its lines end: what is inserted ends the same way. */
  readonly eol: "\n" | "\r\n";
  readonly program: Program;
  readonly module: EcmaScriptModule;
  readonly comments: readonly Comment[];
  readonly edits: MagicString;
}

/** Parses a file; refuses one that does not parse, because nothing can be said about where code would go. */
export function openSource(path: string, text: string, lang: Language = languageOf(path)): Source {
  const { program, module, comments, errors } = parseSync(path, text, { lang });
  const [error] = errors;
  if (error) throw new Refusal(`${path} does not parse (${error.message}): repair it and run this again.`);
  return { path, text, eol: eolOf(text), program, module, comments, edits: new MagicString(text) };
}

/** The file as it shall be; refuses edits that would leave a file that is no program. */
export function changeOf({ path, text, edits }: Source): FileChange {
  const after = edits.toString();
  const [error] = parseSync(path, after, { lang: languageOf(path), showSemanticErrors: true }).errors;
  if (error)
    throw new Refusal(`${path} would not compile (${error.message}): make room for the new name and run this again.`);
  return { path, before: text, after };
}

/** The white space before the first thing on the line of `offset`. */
export function indentAt({ text }: Source, offset: number): string {
  let start = offset;
  while (start > 0 && !"\r\n".includes(text.charAt(start - 1))) start -= 1;
  let end = start;
  while (" \t".includes(text.charAt(end)) && end < offset) end += 1;
  return text.slice(start, end);
}

/** What a file is written in. */
export type Language = "js" | "ts" | "tsx";

function languageOf(path: string): Language {
  if (path.endsWith(".tsx")) return "tsx";
  return path.endsWith("ts") ? "ts" : "js";
}

function eolOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text.charAt(first - 1) === "\r" ? "\r\n" : "\n";
}
