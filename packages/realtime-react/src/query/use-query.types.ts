import type { RealtimeClient } from "@repo/realtime-client";
import { createQueries, type PreloadedQuery } from "@repo/realtime-client/query";
import { useCount, useQuery, useQueryOne } from "../index.js";

// Must compile, or must not: `tsc` is the test.
interface Note {
  readonly id: string;
  readonly body: string;
}
interface Database {
  notes: { row: Note; insert: Partial<Note>; update: Partial<Note> };
}

export function Right({
  client,
  preloaded,
}: {
  readonly client: RealtimeClient;
  readonly preloaded: PreloadedQuery<Note>;
}) {
  const { query, liveQuery } = createQueries<Database, { mine: { args: { page: number }; row: Note } }>(client);
  const { records, status, isStale, error } = useQuery(query("notes").where("body", "like", "a%"), { suspense: true });
  const bodies: readonly string[] = records.map(({ body }) => body);
  const { record } = useQueryOne(query("notes").select("id"), {});
  const id: string | undefined = record?.id;
  // @ts-expect-error a column that was not selected
  void record?.body;
  const { count } = useCount(query("notes"));
  const number: number | undefined = count;
  const mine: readonly Note[] = useQuery(liveQuery("mine", { page: 1 })).records;
  useQuery(query("notes"), { preloaded });
  const none: readonly Note[] = useQuery<Note>(undefined).records;
  // @ts-expect-error rows of another type
  useQuery(query("notes").select("id"), { preloaded: { ...preloaded, rows: [{ id: 7 }] } });
  // @ts-expect-error a named query is not counted
  useCount(liveQuery("mine", { page: 1 }));
  // @ts-expect-error no query
  useQuery("notes");
  return [bodies, status, isStale, error?.code, id, number, mine, none] as unknown as string;
}
