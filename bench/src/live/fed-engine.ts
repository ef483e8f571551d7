import type { IRealtimeHandlerRegistry } from "@repo/core-realtime";
import { createRealtime } from "@repo/core-realtime/server";
import { createLiveQueries, defineLiveTable, type LiveQueries, type QueryNode } from "@repo/live-query";
import {
  ChangeFeed,
  PgClient,
  Snapshot,
  type ChangeConsumer,
  type RowChange,
  type RowImage,
  type SqlClient,
  type SqlConnection,
} from "@repo/realtime-postgres";

const SCHEMA = `
  create table public.live_members (room integer not null, user_id text not null, primary key (room, user_id));
  create table public.live_items (id integer primary key, room integer not null, kind text collate "C" not null, body text not null);
  alter table public.live_items enable row level security;
  alter table public.live_members enable row level security;
  create policy own on public.live_members for select using (user_id = auth.jwt() ->> 'sub');
  create policy member on public.live_items for select using (exists (select from public.live_members m where m.room = live_items.room));
  grant usage on schema public to authenticated;
  grant select on public.live_items, public.live_members to authenticated;
  select realtime.watch_table('public.live_items');
  select realtime.watch_table('public.live_members');`;

/** Live queries whose changes come from the bench and not from the database; their first results are empty, their decisions are real. */
export interface FedEngine {
  readonly live: LiveQueries;
  /** Opens a query for a user; nothing is sent over a network. */
  open(query: QueryNode, userId: string): Promise<void>;
  /** Passes changes on as the feed does; resolves when everything is sent. */
  feed(changes: readonly Omit<RowChange, "table" | "xid">[]): Promise<void>;
  /** The patches that were sent. */
  readonly sent: { count: number };
  sql(script: string): Promise<void>;
  close(): Promise<void>;
}

export async function openFedEngine(connectionString: string): Promise<FedEngine> {
  const client = new PgClient({ connectionString });
  const sql = (script: string) => client.transaction((connection) => connection.execute(script));
  await sql(SCHEMA);
  const [table] = await client.query<{ readonly oid: string }>(
    "select 'public.live_items'::regclass::oid::text as oid",
  );
  const oid = table?.oid ?? "";
  const feed = new BenchFeed({ client });
  const tables = [defineLiveTable("live_items", { columns: ["id", "room", "kind", "body"] })];
  const live = createLiveQueries({ client: withoutRows(client), feed, tables });
  await live.start();
  const sent = { count: 0 };
  let open: ((query: QueryNode, userId: string) => Promise<void>) | undefined;
  let connections = 0;
  const { registry } = createRealtime({ authenticator: { authenticate: () => null } });
  const capture: Pick<IRealtimeHandlerRegistry, "register"> = {
    register(channel, handler) {
      const opening = "opening" in handler ? handler.opening : undefined;
      if (opening && channel.name.startsWith("live-query"))
        open = async (query, userId) => {
          connections += 1;
          const request = {
            ...{ ask: { query }, user: { userId, roles: [] }, connectionId: `c${connections}`, recovered: false },
            ...{
              address: { channel, name: `live-query.${connections}` },
              params: { key: `${connections}` },
              end: () => undefined,
            },
            ...{
              signal: new AbortController().signal,
              send: () => Promise.resolve(),
              sendTo: () => Promise.resolve((sent.count += 1)),
            },
          };
          await Reflect.apply(opening, undefined, [request]);
        };
      return () => undefined;
    },
  };
  live.bind(Object.assign(Object.create(registry) as IRealtimeHandlerRegistry, capture));
  let xid = 1_000_000n;
  return {
    live,
    sent,
    sql,
    open: (query, userId) => open?.(query, userId) ?? Promise.reject(new Error("The channel was not registered.")),
    async feed(changes) {
      xid += 1n;
      const batch = changes.map((change): RowChange => ({ ...change, table: oid, xid }));
      await feed.consumer?.onChanges({ snapshot: Snapshot.parse(`${xid + 1n}:${xid + 1n}:`), changes: batch });
    },
    async close() {
      await live.close();
      await client.close();
    },
  };
}

class BenchFeed extends ChangeFeed {
  consumer: ChangeConsumer | undefined;

  override follow(consumer: ChangeConsumer): () => void {
    this.consumer = consumer;
    return () => undefined;
  }
}

/** The same database, in which every first result is empty and costs nothing. */
function withoutRows(client: SqlClient): SqlClient {
  return {
    query: (text, values) => client.query(text, values),
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
    transaction(work, isolation) {
      if (isolation === undefined) return client.transaction(work);
      let become: readonly [string, readonly unknown[] | undefined] | undefined;
      const connection: SqlConnection = {
        execute: () => Promise.reject(new Error("Not in a result.")),
        async query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
          if (!become) {
            become = [text, values];
            return [{ snapshot: "1:1:" } as Row];
          }
          if (text.includes(" as image from")) return [];
          const [first, given] = become;
          return client.transaction(async (real) => {
            await real.query(first, given);
            return real.query<Row>(text, values);
          }, isolation);
        },
      };
      return work(connection);
    },
  };
}

export function rowImage(id: number, room: number, body: string): RowImage {
  return { id, room, kind: "a", body };
}
