import { parseTree, type Node, type ParseError } from "jsonc-parser";

/** The object in a turbo.json, with its places in the text; undefined where it cannot be read. */
export function readTurboJson(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && root?.type === "object" ? root : undefined;
}

/** The text with something added; comments, layout and order stay. */
export function insertText(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}
