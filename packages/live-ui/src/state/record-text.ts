import { StateTooLarge } from "./state-too-large.js";
import type { StoredState } from "./state-store.seam.js";

/** The longest text of a record. A page that keeps more reads slowly: its rows belong into `load`. */
export const MAX_RECORD_BYTES = 256 * 1024;

/** A record as stores keep it: JSON, which no holder of the object can change afterwards. */
export function recordText(record: StoredState): string {
  const text = JSON.stringify(record);
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_RECORD_BYTES) return text;
  throw new StateTooLarge(
    `The state of a page has ${bytes} bytes; a store takes ${MAX_RECORD_BYTES}. Keep ids in it, and read the rest in load.`,
  );
}

export function recordFrom(text: string): StoredState {
  return JSON.parse(text) as StoredState; // written by `recordText`
}
