import { refusal } from "../realtime-refusal.js";
import type { Row } from "./query-node.js";

/** A step from one list of rows to another. `move` takes the row out before it counts `to`. */
export type Operation =
  | readonly ["insert", index: number, row: Row]
  | readonly ["update", index: number, columns: Row]
  | readonly ["move", from: number, to: number]
  | readonly ["delete", index: number]
  | readonly ["clear"];

/**
 * The list after these operations. Rows that they do not change stay the same objects.
 * @throws RealtimeRefusal (PAYLOAD_INVALID) for an operation that does not fit the list.
 */
export function patchRows(rows: readonly Row[], patch: readonly Operation[]): readonly Row[] {
  const next = [...rows];
  for (const [kind, index = 0, given] of patch) {
    const row = next[index];
    if (kind === "clear") next.length = 0;
    else if (kind === "insert" && given && (row || index === next.length)) next.splice(index, 0, given);
    else if (kind === "update" && given && row) next[index] = { ...row, ...given };
    else if (kind === "delete" && row) next.splice(index, 1);
    else if (kind === "move" && row && next[given]) next.splice(given, 0, ...next.splice(index, 1));
    else throw refusal("PAYLOAD_INVALID");
  }
  return next;
}
