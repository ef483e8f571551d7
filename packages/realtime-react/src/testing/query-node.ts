import { defineRealtimeChannel, type ClientFrame } from "@repo/core-realtime";
// eslint-disable-next-line realtime/imports-go-down -- hooks are tested against real gates
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { createRealtimeClient, type IRealtimeTransport } from "@repo/realtime-client";
import { memory } from "@repo/realtime-client/memory";
import { createMutations, createQueries, type PreloadedQuery, type Query } from "@repo/realtime-client/query";
import { z } from "zod";
import { recorded } from "./recorded.js";

/** A row of the only table. */
export interface Note {
  readonly id: string;
  readonly body: string;
}

const row = z.record(z.string(), z.unknown());
const liveQuery = defineRealtimeChannel({
  name: "live-query.{key}",
  scope: "public",
  payload: { patch: z.object({ patch: z.array(z.array(z.unknown())) }) },
  ask: z.object({
    query: z.object({ limit: z.number().optional(), count: z.boolean().optional() }).loose(),
    have: z.array(z.string()).optional(),
  }),
});
const records = defineRealtimeChannel({
  name: "records",
  scope: "public",
  payload: z.object({}),
  inbound: { mutate: z.object({ id: z.string(), changes: z.array(z.object({ row })) }) },
});

type Patch = (string | number | object)[][];
interface Open {
  readonly rows: () => readonly object[];
  readonly send: (event: "patch", payload: { readonly patch: Patch }) => Promise<unknown>;
}

/** A real node with the channels of live queries over one table, whose every change is sent as a whole, and a client of it. */
export async function queryNode(notes: readonly Note[] = []) {
  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  const open = new Map<string, Open>();
  const asks: { readonly have: readonly string[] | undefined }[] = [];
  const gates = { opening: Promise.resolve(), mutation: Promise.resolve() };
  let table = notes;
  const whole = (rows: readonly object[]): Patch => [["clear"], ...rows.map((one, at) => ["insert", at, one])];
  const set = async (next: readonly Note[]) => {
    table = next;
    for (const { rows, send } of open.values()) await send("patch", { patch: whole(rows()) });
  };
  realtime.registry.register(liveQuery, {
    opening: async ({ params: { key }, connectionId, ask: { query, have }, send }) => {
      asks.push({ have });
      await gates.opening;
      const rows = () => (query.count ? [{ count: table.length }] : table.slice(0, query.limit));
      open.set(connectionId + key, { rows, send });
      return have ? { key: ["id"], patch: whole(rows()) } : { key: ["id"], rows: rows() };
    },
    closing: ({ address, connectionId }) => void open.delete(connectionId + address.params.key),
  });
  realtime.registry.register(records, async ({ payload: { changes } }) => {
    await gates.mutation;
    const rows = changes.map((change) => change.row as unknown as Note);
    await set([...table, ...rows]);
    return { rows };
  });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const frames: ClientFrame[] = [];
  const inner = recorded(memory(server), frames);
  let cut = (): void => undefined;
  const transport: IRealtimeTransport = {
    name: "memory",
    open(request, events) {
      const link = inner.open(request, events);
      cut = () => {
        link.close();
        events.onClose();
      };
      return link;
    },
  };
  const client = createRealtimeClient({ url: "/", transports: [transport], random: () => 0 });
  type Database = { notes: { row: Note; insert: Note; update: Partial<Note> } };
  return {
    ...{ client, open, asks, gates, set },
    ...createQueries<Database>(client),
    ...createMutations<Database>(client),
    cut: () => cut(),
    /** Cuts the connection; no query is subscribed again until the returned function is called: a busy machine renders later than it reconnects. */
    cutAndHold(): () => void {
      let release = (): void => undefined;
      gates.opening = new Promise((resolve) => (release = resolve));
      cut();
      return release;
    },
    subscribes: () => frames.filter(({ type }) => type === "subscribe").length,
    /** As a server reads it for a page, and as it is sent to the browser. */
    preload: <Result>({ node }: Query<Result>) =>
      JSON.parse(JSON.stringify({ query: node, key: ["id"], rows: table })) as PreloadedQuery<Result>,
  };
}
