import { slotPath } from "../template/instance-path.js";
import { isArray, textOf } from "../template/slot-text.js";
import { templateOf } from "../template/template-form.js";
import type { TextSlot } from "../template/template.js";
import { RawHtml, TemplateList, TemplateResult, type Slot } from "../template/template-result.js";
import { ElementChanges } from "./element-changes.js";
import { listDifference } from "./list-difference.js";
import type { Operation } from "./operation.js";

const NONE: readonly Operation[] = [];

/** The operations between two results at the same path. Undefined: the content of the element around them has to be sent. */
export function templateDifference(
  before: TemplateResult,
  after: TemplateResult,
  path: string,
): readonly Operation[] | undefined {
  if (before === after) return NONE;
  if (before.strings !== after.strings) return undefined;
  const template = templateOf(after.strings);
  let changes: ElementChanges | undefined;
  for (let index = 0; index < template.slots.length; index += 1) {
    const [old, now] = [before.values[index], after.values[index]];
    if (old === now) continue;
    const slot = template.slots[index];
    if (!slot) continue;
    if (slot.kind === "attribute") {
      (changes ??= new ElementChanges({ template, before, after, path })).attribute(slot);
      continue;
    }
    const inside = slotDifference(old, now, { slot, path: slotPath(path, index), parent: { after, path } });
    if (inside?.length === 0) continue;
    changes ??= new ElementChanges({ template, before, after, path });
    if (inside) changes.inside(slot, inside);
    else if (slot.owner) changes.content(slot.owner);
    else return undefined;
  }
  return changes ? changes.operations() : NONE;
}

/** A text slot, and the instance that has it. */
export interface SlotPlace {
  readonly slot: TextSlot;
  /** Of what is in the slot. */
  readonly path: string;
  readonly parent: { readonly after: TemplateResult; readonly path: string };
}

function slotDifference(before: Slot, after: Slot, place: SlotPlace): readonly Operation[] | undefined {
  if (after instanceof TemplateResult)
    return before instanceof TemplateResult ? templateDifference(before, after, place.path) : undefined;
  if (after instanceof TemplateList && before instanceof TemplateList) return listDifference(before, after, place);
  if (after instanceof RawHtml && before instanceof RawHtml && before.text === after.text) return NONE;
  const [old, now] = [textOf(before), textOf(after)];
  if (old !== undefined && old === now) return NONE;
  return isArray(before) && isArray(after) ? arrayDifference(before, after, place.path) : undefined;
}

/** Arrays are compared by position. */
function arrayDifference(
  before: readonly Slot[],
  after: readonly Slot[],
  path: string,
): readonly Operation[] | undefined {
  if (before.length !== after.length) return undefined;
  const operations: Operation[] = [];
  for (let at = 0; at < after.length; at += 1) {
    const inside = partDifference(before[at], after[at], slotPath(path, at));
    if (!inside) return undefined;
    operations.push(...inside);
  }
  return operations.length > 0 ? operations : NONE;
}

function partDifference(before: Slot, after: Slot, path: string): readonly Operation[] | undefined {
  if (before === after) return NONE;
  if (before instanceof TemplateResult && after instanceof TemplateResult)
    return templateDifference(before, after, path);
  if (isArray(before) && isArray(after)) return arrayDifference(before, after, path);
  const [old, now] = [textOf(before), textOf(after)];
  return old !== undefined && old === now ? NONE : undefined;
}
