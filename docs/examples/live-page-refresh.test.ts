import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRealtime, serveNode } from "@repo/core-realtime/server";
import { createAutoRefresh } from "@repo/live-query";
import { trackSqlClient } from "@repo/live-query/reads";
import { createLivePages, each, html, live, PostgresStateStore } from "@repo/live-ui";
import { createRealtimeClient } from "@repo/realtime-client";
import { ws } from "@repo/realtime-client/ws";
import { ChangeFeed, watchTable, type SqlClient } from "@repo/realtime-postgres";
import { onEachDatabase, run } from "@repo/realtime-postgres/testing";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { WebSocket } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";

vi.setConfig({ testTimeout: 60_000 });

const SECRET = "a secret of the tests, and of nothing else";

/** A page that reads a table, and is kept up to date by AutoRefresh, with its state in Postgres. */
async function openSite(client: SqlClient) {
  await run(
    client,
    "create table notes (id integer primary key, topic text, body text)",
    "insert into notes values (1, 'a', 'first')",
  );
  await watchTable(client, "notes");
  const db = trackSqlClient(client);
  let loads = 0;
  const notes = live("/notes/:topic", {
    state: z.object({ isShort: z.boolean().default(false) }),
    actions: { shorten: { run: ({ state }) => void (state.isShort = true) } },
    load: ({ params }) => {
      loads += 1;
      return db.query<{ id: number; body: string }>("select id, body from notes where topic = $1 order by id", [
        params.topic,
      ]);
    },
    render: ({ data, state }) =>
      html`<ul id="notes">
        ${each(
          data,
          ({ id }) => id,
          ({ id, body }) => html`<li id="n${id}">${state.isShort ? body.slice(0, 1) : body}</li>`,
        )}
      </ul>`,
  });
  const feed = new ChangeFeed({ client });
  const reads = createAutoRefresh({ client, feed, secret: SECRET });
  const authenticator = { authenticate: () => null };
  const store = new PostgresStateStore({ client });
  const pages = createLivePages({ pages: [notes], secrets: [SECRET], authenticator, reads, store });
  const realtime = createRealtime({ authenticator, guards: [pages.guard] });
  pages.bind(realtime.registry);
  await reads.start();
  const httpServer = createServer(serveNode(pages.fetch));
  await realtime.serve(new WsRealtimeServer({ httpServer }));
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    pages.close();
    await realtime.close({ drainMs: 1 });
    reads.close();
    await feed.close();
    httpServer.close();
  });
  return { origin: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`, loads: () => loads };
}

/** What the browser's side receives of a page. */
async function visit(origin: string, path: string) {
  const text = await (await fetch(`${origin}${path}`)).text();
  const read = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? "";
  const transport = ws({ WebSocket: WebSocket as never });
  const client = createRealtimeClient({ url: `${origin}/realtime`, transports: [transport] });
  onTestFinished(() => client.disconnect());
  const patches: unknown[] = [];
  const channel = client.channel.raw(read("data-live-channel"), { ask: () => ({ token: read("data-live-token") }) });
  let opening: unknown;
  channel.subscribe({ message: ({ payload }) => patches.push(payload), opening: (given) => (opening = given) });
  await expect.poll(() => opening).toEqual({ v: [0] });
  const act = (a: string, r: number) => channel.publish("message", { a, r, i: `e${r}` } as never);
  return { text, patches, act };
}

onEachDatabase((_, open) => {
  it("sends a page the rows that change in what it has read, and loads it for nothing else", async () => {
    const { client } = await open();
    const { origin, loads } = await openSite(client);
    const a = await visit(origin, "/notes/a");
    const b = await visit(origin, "/notes/b");
    expect(a.text).toContain('<li id="n1">first</li>');
    const before = loads();
    await run(client, "insert into notes values (2, 'a', 'second')");
    await expect.poll(() => a.patches.length).toBe(1);
    expect(JSON.stringify(a.patches[0])).toContain("second");
    await run(client, "update notes set body = 'changed' where id = 1");
    await expect.poll(() => a.patches[1]).toEqual([0, ["n1", "changed"]]);
    await run(client, "delete from notes where id = 1");
    await expect.poll(() => a.patches[2]).toEqual([0, ["n1"]]);
    expect(loads() - before).toBe(3);
    expect(b.patches).toEqual([]);
  });

  it("goes on with a page's own state, which Postgres keeps", async () => {
    const { client } = await open();
    const { origin } = await openSite(client);
    const { act, patches } = await visit(origin, "/notes/a");
    await act("shorten", 1);
    expect(patches).toEqual([[1, ["n1", "f"]]]);
    await act("shorten", 1); // sent again: it has run
    const [row] = await client.query<{ version: number }>("select version from realtime.page_states");
    expect(row?.version).toBe(1);
    await run(client, "update notes set body = 'xyz' where id = 1");
    await expect.poll(() => patches.at(-1)).toEqual([0, ["n1", "x"]]);
  });
});
