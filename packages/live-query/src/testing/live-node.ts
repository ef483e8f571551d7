import type { ServerFrame } from "@repo/core-realtime";
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { RecordingObserver } from "@repo/core-testing";
import type { SqlClient } from "@repo/realtime-postgres";
import type { OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { expect, onTestFinished } from "vitest";
import { createLiveQueries } from "../create-live-queries.js";
import type { LiveQueries, LiveQueriesOptions } from "../live-queries.js";
import type { RecordsReply } from "../mutations/records-channel.js";
import type { AnyQuery, Row } from "../query/query-node.js";
import { defineLiveTable } from "../table/live-table.js";
import { ROWS, SCHEMA } from "./annotation-schema.js";
import { ShownRows } from "./shown-rows.js";

export const annotations = defineLiveTable("annotations", {
  columns: ["id", "widget_id", "actor_id", "body", "score", "tags", "created_at"],
  writable: ["id", "widget_id", "actor_id", "body", "score", "tags"],
  version: "version",
});

/** A client of a live node. */
export interface LiveClient {
  readonly frames: readonly ServerFrame[];
  /** Subscribes to a query; rejects with the refusal. */
  open(query: AnyQuery, have?: readonly string[]): Promise<ShownRows>;
  request(frame: Readonly<Record<string, unknown>>): Promise<ServerFrame>;
  /** The reply of the records channel; rejects with the refusal. */
  records(event: "fetch" | "mutate", payload: unknown): Promise<RecordsReply>;
  hangUp(): void;
}

/** A node with live queries over the tables of `SCHEMA`, and a transport without a network. A token is the user's id. */
export interface LiveNode {
  readonly client: SqlClient;
  readonly live: LiveQueries;
  readonly errors: unknown[];
  readonly observer: RecordingObserver;
  enter(userId?: string): LiveClient;
  /** Runs SQL as the owner. */
  sql(script: string): Promise<void>;
}

export async function openLiveNode(
  open: OpenTestDatabase,
  { script = "", ...options }: Partial<LiveQueriesOptions> & { readonly script?: string } = {},
): Promise<LiveNode> {
  const { client } = await open();
  const sql = (text: string) => client.transaction((connection) => connection.execute(text));
  await sql(SCHEMA + ROWS + script);
  return { ...(await startLiveNode(client, options)), client, sql };
}

export async function startLiveNode(client: SqlClient, options: Partial<LiveQueriesOptions> = {}) {
  const errors: unknown[] = [];
  const onError = (cause: unknown) => void errors.push(cause);
  const observer = new RecordingObserver();
  const live = createLiveQueries({ client, tables: [annotations], onError, ...options });
  const realtime = createRealtime({
    authenticator: { authenticate: ({ token }) => (token === undefined ? null : { userId: token, roles: [] }) },
    guards: [live.guard],
    observers: [observer],
    limits: { handlerMs: 60_000 }, // no test depends on the machine's speed
  });
  live.bind(realtime.registry);
  const server = new InMemoryRealtimeServer();
  onTestFinished(async () => {
    await realtime.close();
    await live.close();
  });
  await live.start();
  await realtime.serve(server);
  return { live, errors, observer, enter: (userId?: string) => enter(server, userId) };
}

function enter(server: InMemoryRealtimeServer, token: string | undefined): LiveClient {
  const frames: ServerFrame[] = [];
  const open = new Map<string, ShownRows>();
  const waiting = new Map<unknown, (reply: ServerFrame) => void>();
  const onFrame = (frame: ServerFrame) => {
    frames.push(frame);
    if (frame.type === "reply") waiting.get(frame.id)?.(frame);
    if (frame.type === "message") open.get(frame.channel)?.receive(frame.event, frame.payload);
  };
  const { send, close } = server.connect({ onFrame }, { token });
  let requests = 0;
  const request = (frame: Readonly<Record<string, unknown>>): Promise<ServerFrame> => {
    const id = `q${(requests += 1)}`;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      send({ id, ...frame });
    });
  };
  let isSubscribed = false;
  const replied = async (frame: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const reply = await request(frame);
    if (reply.type !== "reply") return expect.unreachable();
    if (!reply.ok) throw Object.assign(new Error(JSON.stringify(reply.error)), reply.error);
    return reply.result;
  };
  return {
    frames,
    request,
    async records(event, payload) {
      if (!isSubscribed) await replied({ type: "subscribe", channel: "records" });
      isSubscribed = true;
      return (await replied({ type: "message", channel: "records", event, payload })) as RecordsReply;
    },
    hangUp: () => close(),
    async open(query, have) {
      const channel = `live-query.k${(requests += 1)}`;
      const shown = new ShownRows();
      open.set(channel, shown);
      const result = await replied({ type: "subscribe", channel, ask: { query, ...(have && { have }) } });
      const { opening } = result as { readonly opening: { readonly rows: readonly Row[] } };
      shown.begin(opening);
      return shown;
    },
  };
}
