import type { ReplyFrame, ServerFrame, SubscribeResult } from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer, RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { ChangeFeed, watchTable, type SqlClient } from "@repo/realtime-postgres";
import { expect, onTestFinished } from "vitest";
import { execute } from "../reads/reads-under-test.js";
import { trackSqlClient } from "../reads/track-sql-client.js";
import type { AutoRefreshOptions } from "./auto-refresh-options.js";
import { createAutoRefresh } from "./create-auto-refresh.js";

export const SECRET = "a secret of the tests, and of nothing else";

/** Watched tables: hubs with widgets, and events. */
export async function prepareHubs(client: SqlClient): Promise<void> {
  await execute(
    client,
    `create table hubs (id integer primary key, name text);
     create table widgets (id integer primary key, hub_id integer, name text);
     create table events (id integer generated always as identity, hub_id integer);
     insert into hubs values (1, 'North'), (2, 'South'); insert into widgets values (1, 1, 'Gate'), (2, 2, 'Belt')`,
  );
  for (const table of ["hubs", "widgets", "events"]) await watchTable(client, table);
}

/** One node with a page of a hub: its widgets, and the number of its last events. */
export async function openRefreshNode(client: SqlClient, options: Partial<AutoRefreshOptions> = {}) {
  const counting = { statements: 0 };
  const counted: Pick<SqlClient, "query" | "transaction"> = {
    query: (sql, values) => ((counting.statements += 1), client.query(sql, values)),
    transaction: (work, isolation) => ((counting.statements += 1), client.transaction(work, isolation)),
  };
  const feed = new ChangeFeed({ client });
  const warnings: string[] = [];
  const refresh = createAutoRefresh({
    client: counted,
    feed,
    secret: SECRET,
    onWarning: (sentence) => warnings.push(sentence),
    ...options,
  });
  const registry = new RealtimeHandlerRegistry();
  refresh.bind(registry);
  const realtime = createRealtime({
    authenticator: { authenticate: ({ token }) => (token === undefined ? null : { userId: token, roles: [] }) },
    registry,
  });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  await refresh.start();
  onTestFinished(async () => {
    refresh.close();
    await realtime.close();
    await feed.close();
  });
  const db = trackSqlClient(client);
  return {
    ...refresh,
    census: () => refresh.census,
    feed,
    db,
    warnings,
    counting,
    enter: (userId?: string) => new RefreshClient(server, userId),
    /** Resolves when the feed has passed what the statement has changed. */
    async write(sql: string): Promise<void> {
      const xid = await client.transaction(async (connection) => {
        await connection.execute(sql);
        const [row] = await connection.query<{ readonly xid: string }>("select pg_current_xact_id()::text as xid");
        return BigInt(row?.xid ?? 0);
      });
      await feed.passed(xid);
    },
  };
}

/** A browser: opens a page by its token, and keeps what it is sent. */
export class RefreshClient {
  readonly frames: ServerFrame[] = [];
  readonly #client: ReturnType<InMemoryRealtimeServer["connect"]>;
  #requests = 0;

  constructor(server: InMemoryRealtimeServer, token: string | undefined) {
    this.#client = server.connect({ onFrame: (frame) => void this.frames.push(frame) }, { token });
  }

  /** The opening, or the refusal's reason. */
  async open(token: string): Promise<unknown> {
    const reply = await this.#request({ type: "subscribe", channel: channelOf(token), ask: token });
    return reply.ok ? (reply.result as SubscribeResult).opening : reply.error.reason; // the border to the wire
  }

  /** The page at the place of the first token has been rendered again. */
  async rendered(first: string, token: string): Promise<unknown> {
    const payload = { token };
    const reply = await this.#request({ type: "message", channel: channelOf(first), event: "rendered", payload });
    return reply.ok ? reply.result : reply.error.reason;
  }

  async leave(token: string): Promise<void> {
    await this.#request({ type: "unsubscribe", channel: channelOf(token) });
  }

  /** How often it was notified. */
  get notifications(): number {
    return this.frames.filter((frame) => frame.type === "message").length;
  }

  async notified(count: number): Promise<void> {
    await expect.poll(() => this.notifications, { interval: 5 }).toBe(count);
  }

  close(): void {
    this.#client.close();
  }

  async #request(frame: object): Promise<ReplyFrame> {
    const id = `q${(this.#requests += 1)}`;
    this.#client.send({ id, ...frame });
    const reply = () => this.frames.find((each) => each.type === "reply" && each.id === id);
    await expect.poll(reply, { interval: 5 }).toBeDefined();
    const found = reply();
    return found?.type === "reply" ? found : expect.unreachable();
  }
}

function channelOf(token: string): string {
  return `auto-refresh.${token.split(".").slice(0, 2).join(".")}`;
}
