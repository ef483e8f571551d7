import { segmentsOf } from "../../channel/channel-template.js";

const MAX_LENGTH = 128; // characters that are compared
const MAX_NAMES = 3;

/** The templates that a concrete name may have meant, the nearest first, three at most. */
export function nearNames(name: string, templates: readonly string[]): readonly string[] {
  return templates
    .map((template) => ({ template, edits: distance(skeletonOf(name, template), template) }))
    .filter(({ template, edits }) => edits <= Math.max(2, Math.floor(template.length / 3)))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, MAX_NAMES)
    .map(({ template }) => template);
}

/** The name with the template's placeholders in place of its own values. */
function skeletonOf(name: string, template: string): string {
  const places = segmentsOf(template);
  let index = 0;
  return name.slice(0, MAX_LENGTH).replace(/[^.:]+/g, (segment) => {
    const place = places[index];
    index += 1;
    return place?.startsWith("{") ? place : segment;
  });
}

/** How many characters have to be changed, added or removed. */
function distance(from: string, to: string): number {
  const other = to.slice(0, MAX_LENGTH);
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [at, character] of [...from].entries()) {
    const next = [at + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (other[column - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
