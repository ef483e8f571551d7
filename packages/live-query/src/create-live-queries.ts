import { consoleReport, systemClock } from "@repo/core-realtime/server";
import { ChangeFeed, deletePeriodically, identityOf } from "@repo/realtime-postgres";
import { LiveQueryEngine } from "./engine/live-query-engine.js";
import { PreparedQueries } from "./engine/prepared-queries.js";
import { QueryOpener } from "./engine/query-opener.js";
import { TableSet } from "./engine/table-set.js";
import { UserTurns } from "./engine/user-turns.js";
import type { LiveQueries, LiveQueriesOptions } from "./live-queries.js";
import { LiveQueryGuard } from "./live-query.guard.js";
import { MutationWriter } from "./mutations/mutation-writer.js";
import { recordsChannel } from "./mutations/records-channel.js";
import { Records } from "./mutations/records.js";
import { ServerQueries } from "./named/server-queries.js";
import { OpenQueries } from "./open-queries.js";
import { CatalogueWatch } from "./policies/catalogue-watch.js";
import { liveQueryChannel } from "./query/live-query-channel.js";
import { RecordReader } from "./record-reader.js";

/** Longer than any client sends a mutation again. */
const OLD_MUTATIONS = {
  table: "realtime.mutations",
  where: "made_at < now() - interval '1 day'",
  orderBy: "made_at",
  everyMs: 60_000,
};
const TIMEOUT_MS = 5_000;
const MAX_RUNNING = 4;

/**
 * Makes tables and queries of a database live, under the row-level security of the subscriber.
 * @example
 * const live = createLiveQueries({ client, tables: [annotations] });
 * const realtime = createRealtime({ authenticator, guards: [live.guard] });
 * live.bind(realtime.registry);
 * await live.start();
 */
export function createLiveQueries(options: LiveQueriesOptions): LiveQueries {
  const { client, timeoutMs = TIMEOUT_MS, maxRunning = MAX_RUNNING } = options;
  const { clock = systemClock, onError = consoleReport("live queries") } = options;
  const feed = options.feed ?? new ChangeFeed({ client, clock, onError });
  const tables = new TableSet({ client, tables: options.tables ?? [], timeoutMs, onError });
  const turns = new UserTurns(maxRunning);
  const engine = new LiveQueryEngine({ client, clock, timeoutMs, turns, onError });
  const named = new ServerQueries({ client, queries: options.queries ?? [] });
  const queries = new PreparedQueries({ client, timeoutMs, tables, named });
  const identity = (user: Parameters<typeof identityOf>[0]) => identityOf(user, options);
  const open = new OpenQueries(new QueryOpener({ engine, queries, identityOf: identity, onError }));
  const reader = new RecordReader({ client, queries, timeoutMs, turns });
  const writer = new MutationWriter({ client, timeoutMs, turns, tables });
  const records = new Records({ reader, writer, open, feed, tables, identityOf: identity });

  const describe = async () => {
    await tables.describe();
    engine.setTables(tables.all());
    queries.forget();
  };
  const onChange = async () => {
    await describe();
    await open.reopenAll();
  };
  const catalogue = new CatalogueWatch({ client, clock, onError, onChange, tables: () => tables.oids() });
  let unfollow: () => void = () => undefined;
  let stopDeleting: () => void = () => undefined;

  return {
    guard: new LiveQueryGuard(open),
    bind(registry) {
      const undos = [
        registry.register(liveQueryChannel, { opening: (request) => open.open(request) }),
        registry.register(recordsChannel, records.handler),
      ];
      return () => undos.forEach((undo) => undo());
    },
    fetch: (query, user) => records.fetch(query, user),
    find: (table, id, user) => records.find(table, id, user),
    mutate: (mutation, user) => records.mutate(mutation, user),
    checkCatalogue: () => catalogue.check(),
    get openQueries() {
      return engine.size;
    },
    async start() {
      await describe();
      unfollow(); // where start() is called again after a failure
      unfollow = feed.follow(engine);
      if (!options.feed) await feed.start();
      await catalogue.start();
      stopDeleting = deletePeriodically({ client, clock, onError, ...OLD_MUTATIONS });
    },
    async close() {
      stopDeleting();
      catalogue.close();
      engine.close();
      unfollow();
      if (!options.feed) await feed.close();
    },
  };
}
