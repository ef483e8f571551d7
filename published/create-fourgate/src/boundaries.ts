import { findNodeAtLocation } from "jsonc-parser";
import { insertText, readTurboJson } from "./turbo-json.js";

/** What the tags of the packages mean to `turbo boundaries`, and what to write by hand where the command cannot. */
export const BOUNDARIES = `"boundaries": {
    "tags": {
      "core": { "dependencies": { "deny": ["feature", "app"] } },
      "feature": { "dependencies": { "deny": ["feature", "app"] } },
      "app": { "dependencies": { "deny": ["app"] } }
    }
  }`;

/** The text of turbo.json with the boundaries; a workspace that has some keeps them. Undefined where the file cannot be read. */
export function withBoundaries(text: string): string | undefined {
  const root = readTurboJson(text);
  const last = root?.children?.at(-1);
  if (root === undefined || last === undefined) return undefined;
  if (findNodeAtLocation(root, ["boundaries"]) !== undefined) return text;
  const before = /\s*$/.exec(text.slice(0, last.offset))?.[0] ?? " "; // a new line and its indent, or a space
  return insertText(text, last.offset + last.length, `,${before}${BOUNDARIES}`);
}
