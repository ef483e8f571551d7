import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Change } from "./change.js";

const NO_FILE = "/dev/null"; // as git writes it

/** What would change, as a unified diff that `git apply` takes. */
export function showDiff(changes: readonly Change[]): string {
  return changes.map(patch).join("");
}

function patch({ path, before, after }: Change): string {
  const oldName = before === undefined ? NO_FILE : `a/${path}`;
  const newName = after === undefined ? NO_FILE : `b/${path}`;
  const options = { headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(oldName, newName, before ?? "", after ?? "", undefined, undefined, options);
}
