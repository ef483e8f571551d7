import { systemClock } from "@repo/core-realtime/server";
import { ChangeFeed, identityOf } from "@repo/realtime-postgres";
import { LiveQueryEngine } from "./engine/live-query-engine.js";
import { PreparedQueries } from "./engine/prepared-queries.js";
import { QueryOpener } from "./engine/query-opener.js";
import { TableState } from "./engine/table-state.js";
import type { LiveQueries, LiveQueriesOptions } from "./live-queries.js";
import { LiveQueryGuard } from "./live-query.guard.js";
import { OpenQueries } from "./open-queries.js";
import { CatalogueWatch } from "./policies/catalogue-watch.js";
import { liveQueryChannel } from "./query/live-query-channel.js";
import { QueryRefusal } from "./query/query-refusal.js";
import { describeTable } from "./table/table-catalog.js";

const TIMEOUT_MS = 5_000;
const MAX_RUNNING = 4;

/**
 * Makes tables and queries of a database live, under the row-level security of whoever subscribes.
 * @example
 * const live = createLiveQueries({ client, tables: [annotations] });
 * const realtime = createRealtime({ authenticator, guards: [live.guard] });
 * live.bind(realtime.registry);
 * await live.start();
 */
export function createLiveQueries(options: LiveQueriesOptions): LiveQueries {
  const { client, tables = [], timeoutMs = TIMEOUT_MS, maxRunning = MAX_RUNNING } = options;
  const { clock = systemClock, onError = console.error } = options;
  const feed = options.feed ?? new ChangeFeed({ client, clock, onError });
  const engine = new LiveQueryEngine({ client, clock, timeoutMs, maxRunning, onError });
  const states = new Map<string, TableState>();
  const queries = new PreparedQueries({
    client,
    tables: states,
    named: { prepare: (name) => Promise.reject(new QueryRefusal(`There is no query "${name}".`)) },
  });
  const opener = new QueryOpener({ engine, queries, identityOf: (user) => identityOf(user, options), onError });
  const open = new OpenQueries(opener);
  let unfollow: () => void = () => undefined;

  const describe = async () => {
    const found = await Promise.all(tables.map((live) => describeTable(client, live)));
    states.clear();
    for (const description of found)
      states.set(description.live.name, new TableState(description, { client, timeoutMs, onUndecidable }));
    engine.setTables(states.values());
    queries.forget();
  };
  const onUndecidable = (table: string, role: string, why: readonly string[]) =>
    onError(
      new TypeError(
        `The policies of "${table}" for "${role}" cannot be decided on a changed row: ${why.join("; ")}. Its queries are run again with each change. Write the function with BEGIN ATOMIC, or name the tables that it reads in dependsOn.`,
      ),
    );
  const onChange = async () => {
    await describe();
    await open.reopenAll();
  };
  const oids = () => [...states.values()].map(({ description }) => description.oid);
  const catalogue = new CatalogueWatch({ client, clock, onError, onChange, tables: oids });

  return {
    guard: new LiveQueryGuard(open),
    bind: (registry) => registry.register(liveQueryChannel, { opening: (request) => open.open(request) }),
    async start() {
      await describe();
      unfollow = feed.follow(engine);
      if (!options.feed) await feed.start();
      await catalogue.start();
    },
    async close() {
      catalogue.close();
      engine.close();
      unfollow();
      if (!options.feed) await feed.close();
    },
  };
}
