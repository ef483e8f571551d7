import type { JsonOf, Optional } from "./json-of.js";

/** What is needed of a table of Drizzle; columns travel under their names in the database. */
interface DrizzleTable {
  readonly _: { readonly name: string; readonly columns: Readonly<Record<string, DrizzleColumn>> };
  readonly $inferSelect: object;
  readonly $inferInsert: object;
}

interface DrizzleColumn {
  readonly _: { readonly name: string };
}

type TablesOf<Schema> = {
  [Key in keyof Schema as Schema[Key] extends DrizzleTable ? Schema[Key]["_"]["name"] : never]: Schema[Key];
};

type Named<Columns extends Readonly<Record<string, DrizzleColumn>>, Row> = {
  [Key in keyof Columns & keyof Row as Columns[Key]["_"]["name"]]: JsonOf<Row[Key]>;
};

/**
 * A schema of Drizzle as the database of `createQueries`.
 * @example
 * import type * as schema from "./schema.js";
 * const { query } = createQueries<DatabaseOfDrizzle<typeof schema>>(client);
 */
export type DatabaseOfDrizzle<Schema> = {
  readonly [Name in keyof TablesOf<Schema>]: TablesOf<Schema>[Name] extends infer Table extends DrizzleTable
    ? {
        readonly row: Readonly<Named<Table["_"]["columns"], Table["$inferSelect"]>>;
        readonly insert: Optional<Named<Table["_"]["columns"], Table["$inferInsert"]>>;
        readonly update: Readonly<Partial<Named<Table["_"]["columns"], Table["$inferInsert"]>>>;
      }
    : never;
};
