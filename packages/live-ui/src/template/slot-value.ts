import { OPTIMISTIC } from "./optimistic-slots.js";
import { areSafeAddresses, BLOCKED_ADDRESS, isSafeAddress } from "./safe-address.js";
import { textOf } from "./slot-text.js";
import type { DynamicAttribute, DynamicText } from "./template.js";
import type { Slot } from "./template-result.js";

/** The text of a value in an attribute. */
export function attributeSlotText(value: Slot, attribute: DynamicAttribute): string {
  const text = textOf(value);
  if (text === undefined)
    throw new TypeError(`The attribute ${attribute.name} was given a template, a list or raw(). Give it a text.`);
  return attribute.name.toLowerCase() === OPTIMISTIC ? JSON.stringify(text).slice(1, -1) : text; // its slots stand in strings of JSON
}

/** The whole value of an attribute, not escaped. Null: the attribute is left out. */
export function attributeValue(attribute: DynamicAttribute, text: DynamicText, values: readonly Slot[]): string | null {
  if (attribute.kind === "flag") return isOn(values[text.indexes[0] ?? 0]) ? "" : null;
  let value = text.chunks[0] ?? "";
  for (let at = 0; at < text.indexes.length; at += 1)
    value += attributeSlotText(values[text.indexes[at] ?? 0], attribute) + (text.chunks[at + 1] ?? "");
  if (attribute.kind === "text") return value;
  const isSafe = attribute.kind === "address" ? isSafeAddress(value) : areSafeAddresses(value);
  if (!isSafe) reportBlocked(attribute, value);
  return isSafe ? value : BLOCKED_ADDRESS;
}

/** Whether a boolean attribute is printed. */
export function isOn(value: Slot): boolean {
  return Boolean(value);
}

let isReported = false;

/** One warning per process, outside production: the value may come from any client, and must not fill the log. */
function reportBlocked(attribute: DynamicAttribute, value: string): void {
  if (isReported || process.env["NODE_ENV"] === "production") return;
  isReported = true;
  process.emitWarning(
    `The address ${JSON.stringify(value.slice(0, 80))} in ${attribute.name} was printed as ${BLOCKED_ADDRESS}: it is neither relative nor http, https, mailto or tel. Further ones are not reported.`,
  );
}
