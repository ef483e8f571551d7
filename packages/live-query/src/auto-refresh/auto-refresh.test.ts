import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { openRefreshNode, prepareHubs } from "./refresh-node-under-test.js";

const CURRENT = { isChanged: false };
const CHANGED = { isChanged: true };

onEachDatabase((_name, open) => {
  async function hub(options: Parameters<typeof openRefreshNode>[1] = {}) {
    const { client } = await open();
    await prepareHubs(client);
    const node = await openRefreshNode(client, options);
    let renders = 0;
    const page = node.autoRefresh("hub", async ({ hubId }: { readonly hubId: number }) => {
      renders += 1;
      const widgets = await node.db.query("select name from widgets where hub_id = $1 order by id", [hubId]);
      return JSON.stringify(widgets);
    });
    return { client, node, page, renders: () => renders };
  }

  it("notifies a page when a row that it has read changes, once until it was rendered again", async () => {
    const { node, page } = await hub();
    const first = await page.render({ hubId: 1 }, null);
    const browser = node.enter();
    expect(await browser.open(first.token)).toEqual(CURRENT);
    await node.write("update widgets set name = 'Gate' where id = 1");
    await browser.notified(1);
    await node.write("update widgets set name = 'Gate' where id = 1");
    const second = await page.render({ hubId: 1 }, null);
    expect(second.output).toContain("Gate");
    expect(await browser.rendered(first.token, second.token)).toEqual(CURRENT);
    expect(browser.notifications).toBe(1);
    await node.write("delete from widgets where id = 1");
    await browser.notified(2);
  });

  it("notifies no page of rows that it has not read", async () => {
    const { node, page } = await hub();
    const { token } = await page.render({ hubId: 1 }, null);
    const browser = node.enter();
    await browser.open(token);
    await node.write(
      "update widgets set name = 'x' where id = 2; insert into hubs values (3, 'East'); insert into widgets values (9, 2, 'y')",
    );
    expect(browser.notifications).toBe(0);
    await node.write("update widgets set hub_id = 1 where id = 9"); // comes into what was read
    await browser.notified(1);
  });

  it("notifies of an INSERT, an UPDATE, a DELETE and a TRUNCATE", async () => {
    const { node, page } = await hub();
    const browser = node.enter();
    const { token } = await page.render({ hubId: 1 }, null);
    await browser.open(token);
    const statements = [
      "insert into widgets values (5, 1, 'x')",
      "update widgets set hub_id = 2 where id = 5",
      "delete from widgets where id = 1",
      "truncate widgets",
    ];
    for (const [index, sql] of statements.entries()) {
      await node.write(sql);
      await browser.notified(index + 1);
      await browser.rendered(token, (await page.render({ hubId: 1 }, null)).token);
    }
  });

  it("notifies at once when a row has changed between the render and the opening, on any node", async () => {
    const { client, node, page } = await hub();
    const { token } = await page.render({ hubId: 1 }, null);
    const untouched = await page.render({ hubId: 2 }, null);
    await node.write("update widgets set name = 'Gate' where id = 1");
    const other = await openRefreshNode(client); // has received nothing of what was before it
    expect(await node.enter().open(token)).toEqual(CHANGED);
    expect(await node.enter().open(untouched.token)).toEqual(CURRENT);
    expect(await other.enter().open(token)).toEqual(CHANGED);
    const after = await page.render({ hubId: 1 }, null);
    const browser = other.enter();
    expect(await browser.open(after.token)).toEqual(CURRENT);
    await node.write("update widgets set name = 'Gate' where id = 1");
    await browser.notified(1);
  });

  it("does not miss a change that is committed while the page renders, nor one that was open before", async () => {
    const { client, node } = await hub();
    let inTheMiddle: () => Promise<void> = async () => undefined;
    const page = node.autoRefresh("slow", async () => {
      const widgets = await node.db.query("select name from widgets where hub_id = 1");
      await inTheMiddle();
      return widgets.length;
    });
    inTheMiddle = () => node.write("insert into widgets values (7, 1, 'x')");
    const { token } = await page.render({}, null);
    expect(await node.enter().open(token)).toEqual(CHANGED);
    inTheMiddle = async () => undefined;
    const rendered = await client.transaction(async (connection) => {
      await connection.execute("insert into widgets values (8, 1, 'x')"); // older than the snapshot, and not visible in it
      return _name === "PGlite" ? undefined : page.render({}, null); // one session: it cannot render beside an open transaction
    });
    if (!rendered) return;
    const browser = node.enter();
    const opening = await browser.open(rendered.token);
    if (JSON.stringify(opening) === JSON.stringify(CURRENT)) await browser.notified(1);
    else expect(opening).toEqual(CHANGED);
  });

  it("replaces what was read at each render", async () => {
    const { node } = await hub();
    const page = node.autoRefresh("conditional", async () => {
      const [row] = await node.db.query<{ readonly name: string }>("select name from hubs where id = $1", [1]);
      return row?.name === "open" ? node.db.query("select from events") : [];
    });
    const browser = node.enter();
    const { token } = await page.render({}, null);
    await browser.open(token);
    await node.write("insert into events (hub_id) values (1)");
    expect(browser.notifications).toBe(0);
    await node.write("update hubs set name = 'open' where id = 1");
    await browser.notified(1);
    await browser.rendered(token, (await page.render({}, null)).token);
    await node.write("insert into events (hub_id) values (1)");
    await browser.notified(2);
  });

  it("costs nothing without viewers: no statement, no entry", async () => {
    const { node, page } = await hub();
    const { token } = await page.render({ hubId: 1 }, null);
    const browser = node.enter();
    await browser.open(token);
    expect(node.census()).toEqual({ viewers: 1, waiting: 1 });
    browser.close();
    await expect.poll(node.census).toEqual({ viewers: 0, waiting: 0 });
    const { statements } = node.counting;
    await node.write("update widgets set name = 'x'");
    expect(node.counting.statements).toBe(statements);
  });

  it("follows two places of one page on one connection, and forgets the one that is left", async () => {
    const { node, page } = await hub();
    const [north, south] = [await page.render({ hubId: 1 }, null), await page.render({ hubId: 2 }, null)];
    const browser = node.enter();
    await browser.open(north.token);
    await browser.open(south.token);
    await node.write("update widgets set name = 'x'");
    await browser.notified(2);
    await browser.leave(north.token);
    expect(node.census()).toEqual({ viewers: 1, waiting: 0 });
  });

  it("warns once of a table that is not watched, and of a function whose body cannot be read", async () => {
    const { client, node } = await hub();
    await client.query("create table unwatched (id integer)");
    await client.query(
      "create function hidden() returns bigint language plpgsql as 'begin return (select count(*) from widgets); end'",
    );
    const page = node.autoRefresh("careless", async () => [
      await node.db.query("select from unwatched"),
      await node.db.query("select hidden()"),
    ]);
    await page.render({}, null);
    await page.render({}, null);
    expect(node.warnings).toEqual([
      expect.stringContaining("hidden()"),
      expect.stringContaining("fourgate-postgres watch unwatched"),
    ]);
  });
});
