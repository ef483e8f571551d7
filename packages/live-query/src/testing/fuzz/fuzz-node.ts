import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { systemClock } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import { ChangeFeed, type SqlClient } from "@repo/realtime-postgres";
import { createLiveQueries } from "../../create-live-queries.js";
import { defineLiveTable } from "../../table/live-table.js";
import { rolesOf } from "./commit-log.js";
import { LISTED } from "./fuzz-schema.js";
import type { Random } from "./random.js";
import { slowed } from "./slow-client.js";

export const MAX_ROWS = 12;
const CHECK_MS = 5_000; // of the catalogue, in production
const FAST_CHECK_MS = 250;

/** A node with live queries over the fuzz's table, and its feed. */
export interface FuzzNode {
  readonly server: InMemoryRealtimeServer;
  readonly feed: ChangeFeed;
  readonly errors: unknown[];
  close(): Promise<void>;
}

export async function startFuzzNode(fast: SqlClient, dependsOn: readonly string[], random: Random): Promise<FuzzNode> {
  const client = slowed(fast, random);
  const errors: unknown[] = [];
  const onError = (cause: unknown) => void errors.push(cause);
  const clock = {
    ...systemClock,
    after: (ms: number, run: () => void) => systemClock.after(ms === CHECK_MS ? FAST_CHECK_MS : ms, run),
  };
  const feed = new ChangeFeed({ client: fast, onError });
  const tables = [defineLiveTable("items", { columns: LISTED, maxRows: MAX_ROWS, dependsOn })];
  const live = createLiveQueries({ client, tables, feed, clock, onError });
  const authenticate = ({ token }: { readonly token?: string | undefined }) =>
    token === undefined ? null : { userId: token, roles: rolesOf(token) };
  const realtime = createRealtime({
    authenticator: { authenticate },
    guards: [live.guard],
    observers: [new RecordingObserver()],
  });
  live.bind(realtime.registry);
  await live.start();
  await feed.start();
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  return {
    server,
    feed,
    errors,
    async close() {
      await realtime.close();
      await live.close();
      await feed.close();
    },
  };
}
