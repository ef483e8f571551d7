import { ServerProcess } from "../server-process";
import { expect, signIn, test } from "../test";
import { RefusingProxy } from "../refusing-proxy";
import { BoardPage } from "./board-page";

test("what is done offline waits, in order, and arrives once", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const titles = ["one", "two", "three"].map((title) => `${title} ${Date.now()}`);
  await mia.plug();
  await mia.expectState("unplugged");
  for (const title of titles) await mia.add(title);
  await expect(mia.page.getByTestId("waiting")).toHaveText("3");
  await expect(mia.page.getByTestId("absence")).toContainText("3 changes of yours wait here");
  await sam.add(`meanwhile ${titles[0]}`);
  await sam.expectOnce([`meanwhile ${titles[0]}`]);
  for (const title of titles) await expect(sam.card(title)).toHaveCount(0);

  await mia.plug();
  await mia.expectState("live");
  await expect(mia.page.getByTestId("absence")).toContainText("caught up");
  for (const board of [mia, sam]) await board.expectOnce([...titles, `meanwhile ${titles[0]}`]);
  const order = await sam.column("To do").locator("[data-card]").allInnerTexts();
  const places = titles.map((title) => order.findIndex((text) => text.includes(title)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test("a browser that loses its network notices, and comes back with it", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `through the tunnel ${Date.now()}`;
  await mia.page.context().setOffline(true);
  await sam.add(title);
  await mia.page.context().setOffline(false);
  await expect(mia.card(title)).toBeVisible({ timeout: 40_000 });
  await mia.expectOnce([title]);
});

test("a server that is killed and started again mid-edit loses nothing and doubles nothing", async ({
  browser,
  folder,
}) => {
  const first = await ServerProcess.start("production", { SQL_DATA: folder });
  const contexts = await Promise.all(["mia", "sam"].map(() => browser.newContext({ baseURL: first.url })));
  const [mia, sam] = await Promise.all(
    contexts.map(async (context, index) => {
      const page = await context.newPage();
      await signIn(page, index === 0 ? "mia" : "sam");
      return BoardPage.open(page);
    }),
  );
  if (!mia || !sam) throw new Error("Two people sit at the board.");
  const titles = Array.from({ length: 6 }, (_, index) => `${index} ${Date.now()}`);
  for (const title of titles.slice(0, 2)) await mia.add(title);
  await mia.expectOnce(titles.slice(0, 2));

  const killed = first.kill();
  for (const title of titles.slice(2, 4)) await mia.add(title); // into the dying connection
  await killed;
  for (const title of titles.slice(4)) await sam.add(title);
  await sam.rename(titles[0] ?? "", `${titles[0]} again`);

  const second = await ServerProcess.start("production", { SQL_DATA: folder, PORT: String(first.port) });
  const expected = [`${titles[0]} again`, ...titles.slice(1)];
  for (const board of [mia, sam]) {
    await board.expectState("live");
    await board.expectOnce(expected);
  }
  await mia.page.reload();
  await mia.expectOnce(expected);
  await Promise.all(contexts.map((context) => context.close()));
  expect(await second.stop()).toBe(0);
});

test("behind a proxy that refuses WebSockets the board goes on by SSE", async ({ visit, server }) => {
  const proxy = await RefusingProxy.open(server.port);
  try {
    const office = await BoardPage.open(await visit("mia", { baseURL: proxy.url }));
    const sam = await BoardPage.open(await visit("sam"));
    await expect(office.page.getByTestId("status-line")).toContainText("sse");
    await expect(sam.page.getByTestId("status-line")).toContainText("ws");
    const title = `from another tab ${Date.now()}`;
    await office.add(title);
    await expect(sam.card(title)).toBeVisible();
    await sam.drag(title, "Doing");
    await expect(office.column("Doing").locator(office.card(title))).toBeVisible();
  } finally {
    await proxy.close();
  }
});
