export { analyseStatement } from "./analyse-statement.js";
export { ReadIndex } from "./read-index.js";
export {
  readSetOf,
  unionOfReads,
  type ReadSet,
  type StatementEquality,
  type StatementRead,
  type StatementReads,
  type TableRead,
  type ValueSource,
} from "./read-set.js";
export type { ValueKind } from "./canonical-value.js";
