import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { currentSnapshot } from "../reads/record-reads.js";
import { trackSqlClient } from "../reads/track-sql-client.js";
import { createAutoRefresh } from "./create-auto-refresh.js";
import { openRefreshNode, prepareHubs, SECRET } from "./refresh-node-under-test.js";

const CURRENT = { isChanged: false };
const CHANGED = { isChanged: true };

onEachDatabase((_name, open) => {
  async function node(options: Parameters<typeof openRefreshNode>[1] = {}) {
    const { client } = await open();
    await prepareHubs(client);
    return { client, ...(await openRefreshNode(client, options)) };
  }

  it("refuses a token that was not signed here, was changed, or is another page's", async () => {
    const { autoRefresh, enter, db } = await node();
    const page = autoRefresh("hub", () => db.query("select from hubs"));
    const { token } = await page.render({}, null);
    const [name, view, body = "", signature] = token.split(".");
    const wider = Buffer.from(Buffer.from(body, "base64url").toString().replace('"r":[[', '"r":[["1"],[')).toString(
      "base64url",
    );
    for (const forged of [
      `${name}.${view}.${wider}.${signature}`,
      `other.${view}.${body}.${signature}`,
      `${name}.${view}.${body}.x`,
      `${name}.${view}.`,
    ])
      expect(await enter().open(forged)).toBe("TOKEN_REFUSED");
    const browser = enter();
    expect(await browser.open(token)).toEqual(CURRENT);
    const other = await autoRefresh("other", () => db.query("select from hubs")).render({}, null);
    expect(await browser.rendered(token, other.token)).toBe("TOKEN_REFUSED");
  });

  it("has the page rendered again where the token is another user's, or has expired", async () => {
    let now = 0;
    const { autoRefresh, enter, db, write, census } = await node({ now: () => now, expiresInMs: 1_000 });
    const page = autoRefresh("hub", () => db.query("select from hubs"));
    const mias = await page.render({}, { userId: "mia" });
    expect(await enter("mia").open(mias.token)).toEqual(CURRENT);
    const sam = enter("sam");
    expect(await sam.open(mias.token)).toEqual(CHANGED);
    expect(census().waiting).toBe(1);
    expect(await enter().open(mias.token)).toEqual(CHANGED);
    await write("update hubs set name = 'x'");
    expect(sam.notifications).toBe(0);
    expect(await sam.rendered(mias.token, (await page.render({}, { userId: "sam" })).token)).toEqual(CURRENT);
    now = 1_000;
    expect(await enter("mia").open(mias.token)).toEqual(CHANGED);
  });

  it("takes tokens of the old secret while a new one replaces it", async () => {
    const [old, young] = ["o".repeat(32), "y".repeat(32)];
    const { client, autoRefresh, db } = await node({ secret: old });
    const both = await openRefreshNode(client, { secret: [young, old] });
    const { token } = await autoRefresh("hub", () => db.query("select from hubs")).render({}, null);
    expect(await both.enter().open(token)).toEqual(CURRENT);
    const later = await openRefreshNode(client, { secret: young });
    expect(await later.enter().open(token)).toBe("TOKEN_REFUSED");
    await expect(openRefreshNode(client, { secret: "short" })).rejects.toThrow("32 characters");
  });

  it("keeps a token short: a page of many rows follows their tables", async () => {
    const { autoRefresh, enter, db, write } = await node();
    const page = autoRefresh("many", () =>
      db.query("select from widgets where name = any ($1)", [Array.from({ length: 900 }, (_, n) => `widget ${n}`)]),
    );
    const { token } = await page.render({}, null);
    expect(token.length).toBeLessThan(1_000);
    const browser = enter();
    await browser.open(token);
    await write("insert into widgets values (9, 1, 'none of them')");
    await browser.notified(1);
  });

  it("renders equal viewers once, until a row has changed that they have read", async () => {
    const { autoRefresh, db, write } = await node();
    let renders = 0;
    const page = autoRefresh(
      "shared",
      async ({ hubId }: { readonly hubId: number }, _user: { readonly userId: string }) => {
        renders += 1;
        return db.query<{ readonly name: string }>("select name from widgets where hub_id = $1", [hubId]);
      },
      {
        share: (_args, { userId }) => {
          if (userId === "eve") throw new Error("Eve may not see it.");
          return "everyone";
        },
      },
    );
    const users = ["mia", "sam", "ada", "ben"].map((userId) => ({ userId }));
    const all = (hubId = 1) => Promise.all(users.map((user) => page.render({ hubId }, user)));
    const tokens = (await all()).map(({ token }) => token);
    expect([renders, new Set(tokens).size]).toEqual([1, 4]);
    await all();
    await write("update hubs set name = 'x'");
    await all();
    expect(renders).toBe(1);
    await all(2);
    expect(renders).toBe(2);
    await write("update widgets set name = 'Gate' where hub_id = 1");
    const outputs = (await all()).map(({ output }) => output);
    expect([renders, outputs[3]?.[0]?.name]).toEqual([3, "Gate"]);
    await expect(page.render({ hubId: 1 }, { userId: "eve" })).rejects.toThrow("Eve");
  });

  it("shows a change in every later render, before the feed has passed it", async () => {
    const { autoRefresh, db, client } = await node();
    const page = autoRefresh(
      "shared",
      () => db.query<{ readonly name: string }>("select name from widgets where id = 1"),
      { share: () => "all" },
    );
    for (let n = 0; n < 20; n += 1) {
      await client.query("update widgets set name = $1 where id = 1", [`name ${n}`]);
      expect((await page.render({}, null)).output[0]?.name).toBe(`name ${n}`);
    }
  });

  it("renders anew while the feed is behind what is visible", async () => {
    const { client } = await open();
    await prepareHubs(client);
    const snapshot = await currentSnapshot(client);
    const behind = {
      follow: () => () => undefined,
      start: async () => undefined,
      passed: async () => undefined,
      snapshot,
    };
    const refresh = createAutoRefresh({ client, feed: behind, secret: SECRET });
    await refresh.start();
    const db = trackSqlClient(client);
    const page = refresh.autoRefresh(
      "shared",
      () => db.query<{ readonly name: string }>("select name from widgets where id = 1"),
      {
        share: () => "all",
      },
    );
    await page.render({}, null);
    await client.query("update widgets set name = 'Gate' where id = 1");
    expect((await page.render({}, null)).output[0]?.name).toBe("Gate");
  });

  it("does not keep a render that has failed", async () => {
    const { autoRefresh, db } = await node();
    let isFailing = true;
    const page = autoRefresh(
      "shared",
      () => (isFailing ? Promise.reject(new Error("Not now.")) : db.query("select 1")),
      { share: () => "all" },
    );
    await expect(page.render({}, null)).rejects.toThrow("Not now.");
    isFailing = false;
    await expect(page.render({}, null)).resolves.toMatchObject({ output: [{}] });
  });
});
