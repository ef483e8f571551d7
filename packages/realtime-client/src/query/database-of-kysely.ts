import type { JsonOf, Optional } from "./json-of.js";

/** A column of Kysely that is read, inserted and updated as different types. */
interface ColumnTypes {
  readonly __select__: unknown;
  readonly __insert__: unknown;
  readonly __update__: unknown;
}

type Kind = "__select__" | "__insert__" | "__update__";

type ColumnOf<Column, As extends Kind> = JsonOf<Column extends ColumnTypes ? Column[As] : Column>;

/** The columns that are inserted or updated: `ColumnType<Date, never, never>` is only read. */
type Written<Table, As extends Kind> = {
  [Column in keyof Table]: [ColumnOf<Table[Column], As>] extends [never] ? never : Column;
}[keyof Table];

/**
 * Kysely's `DB` as the database of `createQueries`.
 * @example
 * import type { DB } from "./db.js"; // kysely-codegen's, or yours
 * const { query } = createQueries<DatabaseOfKysely<Pick<DB, "annotations">>>(client);
 */
export type DatabaseOfKysely<DB> = {
  readonly [Table in keyof DB]: {
    readonly row: { readonly [Column in keyof DB[Table]]: ColumnOf<DB[Table][Column], "__select__"> };
    readonly insert: Optional<{
      [Column in Written<DB[Table], "__insert__">]: ColumnOf<DB[Table][Column], "__insert__">;
    }>;
    readonly update: {
      readonly [Column in Written<DB[Table], "__update__">]?: ColumnOf<DB[Table][Column], "__update__">;
    };
  };
};
