/** A driver's value as JSON carries it: `Date`, `bigint` and bytes arrive as text. */
export type JsonOf<Value> = Value extends Date | bigint | Uint8Array
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly JsonOf<Item>[]
    : Value;

/** The members that may be left out where `undefined` fits, the others not. */
export type Optional<Row> = {
  readonly [Column in keyof Row as undefined extends Row[Column] ? never : Column]: Row[Column];
} & {
  readonly [Column in keyof Row as undefined extends Row[Column] ? Column : never]?: Row[Column];
};
