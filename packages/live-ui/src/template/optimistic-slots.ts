import { SLOT } from "./template-source.js";

/** The attribute whose JSON our client carries out as operations. */
export const OPTIMISTIC = "data-live-optimistic";

/**
 * Whether its slots stand where any text is harmless: in the ids of elements, in texts and in classes. Not in markup, in values of
 * attributes, or outside of a string.
 */
export function areHarmlessSlots(chunks: readonly string[]): boolean {
  let operations: unknown;
  try {
    operations = JSON.parse(chunks.join(SLOT));
  } catch {
    return false; // a slot outside of a string, or no JSON
  }
  return Array.isArray(operations) && operations.every(isHarmless);
}

function isHarmless(operation: unknown): boolean {
  if (!Array.isArray(operation)) return !hasSlot(operation);
  const [kind, id, value]: readonly unknown[] = operation.length < 3 ? ["text", ...operation] : operation;
  return !hasSlot(kind) && typeof id === "string" && (kind === "text" || kind === "." || !hasSlot(value));
}

function hasSlot(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes(SLOT);
}
