import { PENDING, type PreloadedQuery, type Query, type QuerySnapshot } from "@repo/realtime-client/query";
import { use, useMemo, useSyncExternalStore } from "react";
import { NOTHING_TO_WAIT_FOR } from "../channel/use-channel.js";
import { untilKnown } from "./until-known.js";
import { viewQuery } from "./query-view.js";

/** How a component uses a query. */
export interface UseQueryOptions<Result> {
  /** Painted at once, then brought up to date; rows of another query are not taken. */
  readonly preloaded?: PreloadedQuery<Result> | undefined;
  /** Waits for the result in the nearest `<Suspense>`; what is preloaded, or known to another component, waits for nothing. */
  readonly suspense?: boolean | undefined;
}

/** The result of a query as a component sees it. */
export interface UsedQuery<Result> extends Omit<QuerySnapshot, "rows"> {
  /** Rows that have not changed are the same objects as before. */
  readonly records: readonly Result[];
}

/**
 * The rows of a query, kept up to date. Queries are compared by their content: a new object at each render is the same query. Without
 * a query nothing is subscribed.
 * @example const { records, isStale } = useQuery(query("annotations").where("widget_id", id).orderBy("created_at", "DESC").limit(50));
 */
export function useQuery<Result>(
  query: Query<Result> | undefined,
  { preloaded, suspense }: UseQueryOptions<Result> = {},
): UsedQuery<Result> {
  const view = useMemo(
    () => viewQuery(query, preloaded as PreloadedQuery | undefined), // checked to be of the same query
    [query?.queries, query?.json], // eslint-disable-line react-hooks/exhaustive-deps -- compared by their content
  );
  const isMissing = view.snapshot() === PENDING;
  if (suspense) use(isMissing ? untilKnown(view.shared()) : NOTHING_TO_WAIT_FOR); // the same calls when the render that waited is repeated
  const snapshot = useSyncExternalStore(view.subscribe, view.snapshot, view.first);
  return { ...snapshot, records: snapshot.rows as readonly Result[] }; // the query's types describe what the server sends
}

/** The first row of a query. */
export function useQueryOne<Result>(
  query: Query<Result> | undefined,
  options?: UseQueryOptions<Result>,
): Omit<UsedQuery<Result>, "records"> & { readonly record: Result | undefined } {
  const { records, ...rest } = useQuery(query?.one(), options);
  return { ...rest, record: records[0] };
}
