import type { PGlite } from "@electric-sql/pglite";

export interface RawResult {
  readonly fields: readonly { readonly name: string; readonly type: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export function rawQuery(
  database: Pick<PGlite, "query" | "parsers">,
  text: string,
  values: readonly (string | null)[],
): Promise<RawResult>;
