import type { Row } from "./query-node.js";

/**
 * One step from a list of rows to the next; a patch is carried out in its order.
 * `update` merges columns into the row at the index.
 */
export type Operation =
  | readonly [kind: "insert", index: number, row: Row]
  | readonly [kind: "update", index: number, columns: Row]
  | readonly [kind: "move", from: number, to: number]
  | readonly [kind: "delete", index: number]
  | readonly [kind: "clear"];

/** What makes one result of a query the next, in order. */
export type Patch = readonly Operation[];
