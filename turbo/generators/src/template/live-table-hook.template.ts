import type { LiveTableNames } from "../feature/live-table-names.js";

/** A query of the table for React, and its mutations. */
export function liveTableHookTemplate({ table, slug, clientOf, hook, row }: LiveTableNames): string {
  return `"use client";

import { createMutations, createQueries, type PreloadedQuery, type QueryClient } from "@repo/realtime-client/query";
import { useQuery } from "@repo/realtime-react";
import type { Database } from "../live/${slug}.database";

export type ${row} = Database["${table}"]["row"];

/** The query of the newest rows, and the mutations, of one client. */
export function ${clientOf}(client: QueryClient) {
  const { query } = createQueries<Database>(client);
  return { ...createMutations<Database>(client), newest: query("${table}").orderBy("created_at", "DESC").limit(50) };
}

/**
 * The newest rows of ${table} that the user may see, kept up to date.
 * @example
 * const ${slug.replaceAll("-", "")} = ${clientOf}(client);
 * const { records, isStale } = ${hook}(${slug.replaceAll("-", "")});
 * const add = (body: string) => ${slug.replaceAll("-", "")}.createRecord("${table}", { body });
 */
export function ${hook}({ newest }: ReturnType<typeof ${clientOf}>, preloaded?: PreloadedQuery<${row}>) {
  return useQuery(newest, { preloaded });
}
`;
}
