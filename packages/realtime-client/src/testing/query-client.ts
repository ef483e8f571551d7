import { onTestFinished, vi } from "vitest";
import { createRealtimeClient, type RealtimeClientOptions } from "../index.js";
import { memory } from "../memory-transport.js";
import { createMutations, createQueries, type Query, type QuerySnapshot } from "../query.js";
import { BreakableTransport } from "./breakable-transport.js";
import { FakeDatabase } from "./fake-database.js";

/** A row of the table that tests use. */
export interface Note {
  readonly id: string;
  readonly body: string;
  readonly score: number | null;
  readonly tags: readonly string[];
  readonly version: number;
}

/** The types that a command would write. */
export interface TestDatabase {
  notes: { row: Note; insert: Partial<Note>; update: Partial<Note> };
}

/** Makes a row. */
export function note(id: string, rest: Partial<Note> = {}): Note {
  return { id, body: `note ${id}`, score: 0, tags: [], version: 1, ...rest };
}

/** A fake database with a table `notes`, and a client of it whose connection can be cut. */
export async function queryClient(rows: readonly Note[] = [], options: Partial<RealtimeClientOptions> = {}) {
  const database = await new FakeDatabase().start();
  await database.set("notes", rows as never);
  const transport = new BreakableTransport(memory(database.server));
  const onError = vi.fn();
  const client = createRealtimeClient({ url: "/", transports: [transport], random: () => 0, onError, ...options });
  onTestFinished(() => client.disconnect());
  const { query, liveQuery } = createQueries<TestDatabase>(client);
  const mutations = createMutations<TestDatabase>(client);
  const change = (edit: (rows: readonly Note[]) => readonly Note[]) =>
    database.set("notes", edit(database.tables.get("notes") as never) as never);
  return { database, transport, client, onError, query, liveQuery, change, ...mutations };
}

/** Watches a query and keeps all snapshots. */
export function watched<Result>(query: Query<Result>) {
  const snapshots: QuerySnapshot<Result>[] = [];
  const stop = query.watch((snapshot) => snapshots.push(snapshot));
  const last = () => snapshots.at(-1) as QuerySnapshot<Result>;
  return { snapshots, stop, last, rows: () => last().rows, status: () => last().status };
}

/** The ids of rows, as one text. */
export const ids = (rows: readonly Note[]) => rows.map(({ id }) => id).join("");

/** What was to happen a turn later has happened: timers of the same delay run in their order. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
