/** A row that a state refers to: plain data, which `load` reads anew. Nothing is made of the name but a look-up in the app's own tables. */
export interface Ref<Table extends string = string, Id extends string | number | bigint = string> {
  /** One of the app's own names. */
  readonly table: Table;
  /** The row's key. */
  readonly id: Id;
}

/**
 * A reference to a row.
 * @example mount: ({ params }) => ({ board: ref("boards", params.id) })
 */
export function ref<const Table extends string, Id extends string | number | bigint>(
  table: Table,
  id: Id,
): Ref<Table, Id> {
  return Object.freeze({ table, id });
}
