import type { TableQuery } from "@repo/realtime-client/query";
import { useQuery, type UsedQuery, type UseQueryOptions } from "./use-query.js";

/** The number of rows of a query, kept up to date; undefined until it is known. */
export function useCount<Table>(
  query: TableQuery<Table, unknown> | undefined,
  options?: UseQueryOptions<{ readonly count: number }>,
): Omit<UsedQuery<unknown>, "records"> & { readonly count: number | undefined } {
  const { records, ...rest } = useQuery(query?.counted(), options);
  return { ...rest, count: records[0]?.count };
}
