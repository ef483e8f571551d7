import type { LiveTableNames } from "../feature/live-table-names.js";

/** What clients may read and write of a table. */
export function liveTableTemplate({ table, liveTable }: LiveTableNames): string {
  return `import { defineLiveTable } from "@repo/live-query";

/** What clients may read and write of ${table}; give it to \`createLiveQueries({ tables: [${liveTable}] })\`. */
export const ${liveTable} = defineLiveTable("${table}", {
  columns: ["id", "owner_id", "body", "created_at"],
  writable: ["id", "body"],
  version: "version",
});
`;
}

/** The types of the table's rows, as \`fourgate-live-query types\` writes them. */
export function liveTableDatabaseTemplate({ table, slug }: LiveTableNames): string {
  const optional = (mark: string) => `
      readonly id?: string;
      readonly owner_id?: string;
      readonly body${mark}: string;
      readonly version?: number;
      readonly created_at?: string;`;
  return `// When the table has changed: fourgate-live-query types ${table} --out src/live/${slug}.database.ts

export interface Database {
  readonly ${table}: {
    readonly row: {
      readonly id: string;
      readonly owner_id: string;
      readonly body: string;
      readonly version: number;
      readonly created_at: string;
    };
    readonly insert: {${optional("")}
    };
    readonly update: {${optional("?")}
    };
  };
}
`;
}
