import { idOf } from "../template/instance-path.js";
import type { TemplateList } from "../template/template-result.js";
import type { TextSlot } from "../template/template.js";
import { ListRow } from "./list-row.js";
import { longestIncreasing } from "./longest-increasing.js";
import type { Operation } from "./operation.js";
import { sameResult } from "./same-result.js";
import type { SlotPlace } from "./template-difference.js";

/** The operations between two lists in the same slot. Undefined: the content of the slot's owner has to be sent. */
export function listDifference(
  before: TemplateList,
  after: TemplateList,
  place: SlotPlace,
): readonly Operation[] | undefined {
  const shorter = Math.min(before.keys.length, after.keys.length);
  let start = 0;
  while (start < shorter && before.keys[start] === after.keys[start]) start += 1;
  let end = 0; // equal keys at the end
  while (end < shorter - start && before.keys.at(-1 - end) === after.keys.at(-1 - end)) end += 1;
  const middle = middleRows(before, after, { start, end });
  if (middle.deleted.length > 0 && isCheaperWhole(before, after, { deleted: middle.deleted.length, slot: place.slot }))
    return undefined;
  const operations: Operation[] = [];
  for (const at of middle.deleted) operations.push({ kind: "delete", target: ListRow.at(before, at, place).id });
  for (let at = 0; at < after.keys.length; at += 1) {
    const source = at < start ? at : (middle.sources[at - start] ?? at - after.keys.length + before.keys.length);
    if (source < 0) continue;
    const [old, now] = [before.results[source], after.results[at]];
    if (!old || !now || sameResult(old, now)) continue;
    const changes = ListRow.at(after, at, place).difference(ListRow.at(before, source, place));
    if (!changes) return undefined;
    operations.push(...changes);
  }
  const placed = placeRows(after, { start, sources: middle.sources }, place);
  return placed && (operations.length === 0 ? placed : [...operations, ...placed]);
}

interface MiddleRows {
  /** By place behind the equal start: the place of the same row before, -1 for a new row. Rows of the equal end are not in it. */
  readonly sources: readonly number[];
  readonly deleted: readonly number[];
}

function middleRows(
  before: TemplateList,
  after: TemplateList,
  equal: { readonly start: number; readonly end: number },
): MiddleRows {
  const sources: number[] = [];
  const deleted: number[] = [];
  const places = new Map<string, number>();
  for (let at = equal.start; at < before.keys.length - equal.end; at += 1) places.set(before.keys[at] ?? "", at);
  for (let at = equal.start; at < after.keys.length - equal.end; at += 1) {
    const key = after.keys[at] ?? "";
    sources.push(places.get(key) ?? -1);
    places.delete(key);
  }
  for (const at of places.values()) deleted.push(at);
  return { sources, deleted };
}

/** Whether the rows alone fill their element, and most of them have gone: then its new content is shorter than the deletes. */
function isCheaperWhole(
  before: TemplateList,
  after: TemplateList,
  { deleted, slot }: { readonly deleted: number; readonly slot: TextSlot },
): boolean {
  if (!slot.isFirst || !slot.isLast || deleted === 1) return false;
  return deleted === before.keys.length || deleted > after.keys.length;
}

/** Adds the new rows and moves others, from the last to the first: what each is put in front of is in its place by then. */
function placeRows(
  after: TemplateList,
  { start, sources }: { readonly start: number; readonly sources: readonly number[] },
  place: SlotPlace,
): readonly Operation[] | undefined {
  const kept = sources.flatMap((source, at) => (source < 0 ? [] : [{ source, at }]));
  const staying = new Set([...longestIncreasing(kept.map(({ source }) => source))].map((nth) => kept[nth]?.at));
  const operations: Operation[] = [];
  for (let at = sources.length - 1; at >= 0; at -= 1) {
    if (staying.has(at)) continue;
    const row = ListRow.at(after, start + at, place);
    const next = start + at + 1 < after.keys.length ? ListRow.at(after, start + at + 1, place).id : undefined;
    const end = next === undefined ? endOf(place) : undefined;
    if ((sources[at] ?? -1) >= 0) {
      const anchor = next ?? end?.before;
      if (anchor === undefined) return undefined;
      operations.push({ kind: "move", target: row.id, before: anchor });
      continue;
    }
    const content = [row.placed];
    while (at > 0 && sources[at - 1] === -1) {
      at -= 1;
      content.unshift(ListRow.at(after, start + at, place).placed);
    }
    const anchor = next ?? end?.before;
    if (typeof anchor === "string") operations.push({ kind: "before", target: anchor, content });
    else if (end?.owner === undefined) return undefined;
    else if (anchor === null) operations.push({ kind: "append", target: end.owner, content });
    else if (place.slot.isFirst && start === 0 && kept.length === 0)
      operations.push({ kind: "prepend", target: end.owner, content });
    else return undefined;
  }
  return operations;
}

/** Where the last row is put: before an element, or null for the end of the owner. Undefined: no id identifies that place. */
function endOf({ slot, parent }: SlotPlace) {
  const { values } = parent.after;
  const owner = slot.owner && idOf(slot.owner, values, parent.path);
  const next = slot.next?.id === undefined ? undefined : idOf(slot.next, values, parent.path);
  return { owner, before: slot.isLast && owner !== undefined ? null : next };
}
