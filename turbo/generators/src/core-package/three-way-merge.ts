import { diff3Merge } from "node-diff3";

/** Three versions of one file. */
export interface ThreeTexts {
  /** What both came from. */
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** One text with the changes of both; or the lines of ours, from 1, where both have changed the same place. */
export type Merge =
  { readonly kind: "merged"; readonly text: string } | { readonly kind: "conflict"; readonly lines: readonly number[] };

/** Merges line by line, as git does. The line ends are those of ours. */
export function mergeThreeWays({ base, ours, theirs }: ThreeTexts): Merge {
  const regions = diff3Merge(linesOf(ours), linesOf(base), linesOf(theirs), { excludeFalseConflicts: true });
  const conflicts = regions.flatMap(({ conflict }) => (conflict ? [conflict.aIndex + 1] : []));
  if (conflicts.length > 0) return { kind: "conflict", lines: conflicts };
  const end = ours.includes("\r\n") ? "\r\n" : "\n";
  return { kind: "merged", text: regions.flatMap(({ ok }) => ok ?? []).join(end) };
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/); // an end of line at the end is an empty last line
}
