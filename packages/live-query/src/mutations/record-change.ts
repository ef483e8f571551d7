import { z } from "zod";

/** A row's key: the value of a key of one column, or column → value. */
export type RowId = string | number | Readonly<Record<string, string | number>>;

/** What a change relies on: it is refused with CONFLICT where the row has another version. */
export interface Expectation {
  readonly version: string | number;
}

/** Column → value, as JSON. */
export type RecordValues = Readonly<Record<string, unknown>>;

/** One change of one row. */
export type RecordChange =
  | { readonly op: "create"; readonly table: string; readonly row: RecordValues }
  | {
      readonly op: "update";
      readonly table: string;
      readonly id: RowId;
      readonly set: RecordValues;
      readonly expect?: Expectation | undefined;
    }
  | { readonly op: "delete"; readonly table: string; readonly id: RowId; readonly expect?: Expectation | undefined };

/** Changes that are made together or not at all. */
export interface Mutation {
  /** Made by the client; one that is sent again is made once. */
  readonly id: string;
  /** Made in this order. */
  readonly changes: readonly RecordChange[];
}

const MAX_CHANGES = 100; // of one transaction: it holds locks
const MAX_NAME = 63;

const name = z.string().min(1).max(MAX_NAME);
const scalar = z.union([z.string().max(1_024), z.number()]);
const id = z.union([scalar, z.record(name, scalar)]);
const values = z.record(name, z.json());
const expectation = z.strictObject({ version: scalar });

const change: z.ZodType<RecordChange> = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("create"), table: name, row: values }),
  z.strictObject({ op: z.literal("update"), table: name, id, set: values, expect: expectation.optional() }),
  z.strictObject({ op: z.literal("delete"), table: name, id, expect: expectation.optional() }),
]);

/** What a client may send as a mutation. Which tables and columns it may write is decided later. */
export const mutationSchema: z.ZodType<Mutation> = z.strictObject({
  id: z.string().min(8).max(100),
  changes: z.array(change).min(1).max(MAX_CHANGES),
});
