import type { Page } from "@playwright/test";
import type { ServerProcess } from "../server-process";
import { expect, test } from "../test";
import { BoardPage } from "./board-page";

test("without a sign-in what one side does the other shows, and the page shows how long it took", async ({
  browser,
  server,
}) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage();
  await page.goto("/");
  const mia = await BoardPage.side(page, "Mia");
  const sam = await BoardPage.side(page, "Sam");
  const title = `From side to side ${Date.now()}`;
  await mia.add(title);
  await expect(sam.card(title)).toBeVisible();
  const latency = page.getByTestId("latency");
  await expect(latency).toHaveAttribute("data-from", "left");
  await expect(latency).toHaveText(/^(under 1|\d+(\.\d)?) msMia → Sam$/);
  await sam.drag(title, "Done");
  await expect(mia.column("Done").getByText(title, { exact: true })).toBeVisible();
  await expect(latency).toHaveText(/msSam → Mia$/);
  expect(await page.context().cookies()).toEqual([]); // an identity of the page alone: no cookie was set
  await page.context().close();
});

test("each side acts as its own person: a member may not delete a staff card, and the other side may", async ({
  page,
  server,
}) => {
  const { mia, sam } = await openPair(page, server);
  const title = `For staff ${Date.now()}`;
  await sam.add(title, "To do", true);
  await expect(mia.card(title)).toBeVisible();
  await mia.remove(title);
  await expect(mia.card(title).getByTestId("notice")).toHaveText("Only staff may delete a staff card.");
  await sam.remove(title);
  await expect(mia.card(title)).toHaveCount(0);
});

test("a switch cuts one side, which goes on by itself and catches up; nothing on the page moves for it", async ({
  page,
  server,
}) => {
  const { mia, sam } = await openPair(page, server);
  const offline = `While cut off ${Date.now()}`;
  const meanwhile = `Meanwhile ${Date.now()}`;
  const top = () => sam.column("To do").evaluate((column) => column.getBoundingClientRect().top + scrollY); // on the page, wherever it is scrolled to
  await page.setViewportSize({ width: 1024, height: 800 }); // where the banner has two lines
  const before = await top();

  await sam.plug();
  await sam.expectState("unplugged");
  await expect(page.getByRole("switch", { name: "Connection of Sam" })).not.toBeChecked();
  await expect(page.getByTestId("latency")).toHaveText("Sam cut off");
  await mia.expectState("live"); // the other side's connection is its own
  await expect(sam.getByTestId("absence")).toContainText("You are offline");
  expect(await top()).toBe(before);
  await sam.add(offline);
  await mia.add(meanwhile);
  await mia.expectOnce([meanwhile]);
  await expect(sam.getByTestId("waiting")).toHaveText("1");
  await expect(mia.card(offline)).toHaveCount(0);
  await expect(sam.card(meanwhile)).toHaveCount(0);

  await sam.plug();
  await sam.expectState("live");
  for (const side of [mia, sam]) await side.expectOnce([offline, meanwhile]);
  await expect(sam.getByTestId("absence")).toContainText("caught up");
  expect(await top()).toBe(before);
});

test("Inspect opens the devtools panel of one side; its cut is the switch's", async ({ page, server }) => {
  const { mia, sam } = await openPair(page, server);
  const inspect = page.getByRole("button", { name: "Inspect the connection of Sam" });
  await inspect.click();
  const panel = page.getByRole("region", { name: "Fourgate devtools: Sam" });
  await expect(panel.getByRole("status")).toHaveText("connected");
  await expect(panel.getByRole("row", { name: /^entity:task subscribed/ })).toBeVisible();
  await panel.getByRole("button", { name: "Cut the link" }).click();
  await sam.expectState("unplugged");
  await mia.expectState("live");
  await panel.getByRole("button", { name: "Restore the link" }).click();
  await sam.expectState("live");
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(inspect).toBeFocused();
});

test("the panel's code is loaded when it is opened, and not before", async ({ page, server }) => {
  await openPair(page, server);
  const before = await page.evaluate(loadedScripts);
  expect(before.ofPanel).toBe(0);
  expect(before.count).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Inspect the connection of Sam" }).click();
  await expect(page.getByRole("region", { name: "Fourgate devtools: Sam" })).toBeVisible();
  expect((await page.evaluate(loadedScripts)).ofPanel).toBe(1);
});

test("at 360 px one side is below the other, and the page is no wider than its window", async ({ browser, server }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ baseURL: server.url, viewport, hasTouch: true });
  const page = await context.newPage();
  await page.goto("/");
  const [mia, sam] = [await BoardPage.side(page, "Mia"), await BoardPage.side(page, "Sam")];
  const [upper, lower] = await Promise.all([mia, sam].map((side) => side.column("To do").boundingBox()));
  expect(lower?.y).toBeGreaterThan((upper?.y ?? 0) + (upper?.height ?? 0));
  expect(lower?.x).toBe(upper?.x);
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(overflow)).toBe(0);
  const title = `On a phone ${Date.now()}`;
  await mia.add(title);
  await expect(sam.card(title)).toHaveCount(1);
  expect(await page.evaluate(overflow)).toBe(0);
  await context.close();
});

test("a token is for this app's own pages, and for nothing but the live connection", async ({ request, server }) => {
  const post = (origin: string) => request.post(`${server.url}/api/demo-token`, { data: "sam", headers: { origin } });
  expect((await post("https://evil.example")).status()).toBe(403);
  const token = await (await post(server.url)).text();
  const headers = { authorization: `Bearer ${token}`, cookie: `fourgate_session=${token}` };
  const board = await request.get(`${server.url}/board`, { headers, maxRedirects: 0 });
  expect(board.headers()["location"]).toBe("/sign-in");
});

/** The first page, and the boards of its two sides. */
async function openPair(page: Page, { url }: ServerProcess) {
  await page.goto(url);
  return { mia: await BoardPage.side(page, "Mia"), sam: await BoardPage.side(page, "Sam") };
}

/** Runs in the page: how many scripts it has loaded, and how many of them have a label that only the panel has. */
async function loadedScripts(): Promise<{ count: number; ofPanel: number }> {
  const addresses = performance.getEntriesByType("resource").map(({ name }) => name);
  const scripts = [...new Set(addresses.filter((address) => new URL(address).pathname.endsWith(".js")))];
  const texts = await Promise.all(scripts.map(async (address) => (await fetch(address)).text()));
  return { count: texts.length, ofPanel: texts.filter((text) => text.includes("Restore the link")).length };
}
