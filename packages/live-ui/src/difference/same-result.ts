import { TemplateList, TemplateResult, type Slot } from "../template/template-result.js";

/** Whether two templates are equal, cheaply: what is only equal when printed may count as different. */
export function sameResult(before: TemplateResult, after: TemplateResult): boolean {
  if (before === after) return true;
  if (before.strings !== after.strings) return false;
  const [old, now] = [before.values, after.values];
  for (let index = 0; index < now.length; index += 1)
    if (old[index] !== now[index] && !sameObject(old[index], now[index])) return false;
  return true;
}

function sameObject(before: Slot, after: Slot): boolean {
  if (before instanceof TemplateResult) return after instanceof TemplateResult && sameResult(before, after);
  if (!(before instanceof TemplateList && after instanceof TemplateList)) return false;
  if (before.keys.length !== after.keys.length) return false;
  for (let at = 0; at < after.keys.length; at += 1) {
    if (before.keys[at] !== after.keys[at]) return false;
    const [old, now] = [before.results[at], after.results[at]];
    if (!old || !now || !sameResult(old, now)) return false;
  }
  return true;
}
