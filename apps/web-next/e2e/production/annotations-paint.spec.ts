import type { BrowserContext, Page } from "@playwright/test";
import { annotations, openThread, status, write } from "../annotations-page";
import { ServerProcess } from "../server-process";
import { cookieOf, expect, signIn, test } from "../test";

test("without JavaScript the first state is there, and the form writes", async ({ visit, browser, server }) => {
  const mia = await visit("mia");
  const storageState = await mia.context().storageState();
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false, storageState });
  const plain = await context.newPage();
  await plain.goto("/annotations?widget=2");
  await expect(plain.getByRole("heading", { name: "Crane board" })).toBeVisible();
  await expect(annotations(plain).filter({ hasText: "Crane 7 is listed" })).toBeVisible();
  await expect(plain.getByTestId("widget 2")).toContainText(/\d/);
  await expect(plain.getByTestId("count mine")).toHaveText(/\d/);
  await expect(plain.getByRole("button", { name: /^Edit/ })).toHaveCount(0);
  await write(plain, "defect", "Written without JavaScript.");
  await expect(annotations(plain).first()).toContainText("Written without JavaScript.");
  await plain.getByRole("link", { name: /Yard map/ }).click();
  await expect(annotations(plain).filter({ hasText: "Too many clicks" })).toBeVisible();
  await context.close();
});

test("the server's rows are painted from the first frame on, and stay while the page becomes live", async ({
  visit,
}) => {
  const mia = await visit("mia");
  const complaints: string[] = [];
  mia.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await recordFrames(mia);
  await openThread(mia, "2");
  const frames = await framesOf(mia);
  expect(frames.length).toBeGreaterThan(2);
  for (const frame of frames) expect(frame).toEqual(frames[0]);
  expect(frames[0]?.rows.length).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

test("a server that is killed and started again: the rows stay, what was written meanwhile arrives, nothing is lost", async ({
  browser,
  folder,
}) => {
  test.setTimeout(240_000);
  const data = { SQL_DATA: folder };
  const first = await ServerProcess.start("production", data);
  const context = await browser.newContext({ baseURL: first.url });
  const mia = await openAs(context, "mia");
  await write(mia, "wish", "Before the crash.");
  await expect(annotations(mia).first()).toContainText("Before the crash.");
  await expect(mia.getByTestId("widget 1")).toContainText("3");
  await watchRows(mia);
  await first.kill();
  await expect(status(mia)).toHaveAttribute("data-state", "stale");
  await write(mia, "defect", "During the crash.");
  await expect(annotations(mia).first()).toContainText("will be sent");
  const second = await ServerProcess.start("production", { ...data, PORT: String(first.port) });
  await expect(status(mia)).toHaveAttribute("data-state", "live", { timeout: 90_000 });
  await expect(mia.getByText("will be sent")).toHaveCount(0);
  await expect(annotations(mia).first()).toContainText("During the crash.");
  await expect(annotations(mia)).toHaveCount(4);
  await expect(mia.getByTestId("widget 1")).toContainText("4");
  expect(await fewestRows(mia)).toBe(3); // not even for one frame
  await mia.reload();
  await expect(annotations(mia)).toHaveCount(4);
  await context.close();
  expect(await second.stop()).toBe(0);
});

test("over HTTP a person has the same rights as on the page", async ({ visit, server, request }) => {
  const headers = { cookie: await cookieOf(await visit("sam")), origin: server.url };
  const read = async (path: string) => (await request.get(`${server.url}/data/${path}`, { headers })).json();
  const query = encodeURIComponent(
    JSON.stringify({ where: ["widget_id", "in", [1, 2, 3, 4, 5]], select: ["id", "widget_id"] }),
  );
  const { rows } = await read(`demo.annotations?query=${query}`);
  const seen = new Set(rows.map(({ widget_id: widget }: { readonly widget_id: number }) => widget));
  expect([...seen].sort()).toEqual([2, 3, 4, 5]); // of widget 2 only what Sam has written; nothing of widget 1
  const row = { id: crypto.randomUUID(), widget_id: 3, author: "sam", category: "wish", body: "By HTTP." };
  const refused = await request.post(`${server.url}/data/demo.annotations`, { headers, data: row });
  expect(await refused.json()).toMatchObject({ error: { reason: "CHANGE_REFUSED" } });
  const made = await request.post(`${server.url}/data/demo.annotations`, { headers, data: { ...row, widget_id: 5 } });
  expect(made.status()).toBe(201);
  const at = `${server.url}/data/demo.annotations/${row.id}`;
  const stale = await request.patch(at, { headers: { ...headers, "if-match": '"7"' }, data: { body: "Never." } });
  expect(stale.ok()).toBe(false);
  expect((await request.delete(at, { headers: { ...headers, "if-match": '"1"' } })).ok()).toBe(true);
  expect((await request.get(at, { headers })).status()).toBe(404);
});

async function openAs(context: BrowserContext, who: "mia"): Promise<Page> {
  const page = await context.newPage();
  await signIn(page, who);
  return openThread(page, "1");
}

interface Frame {
  readonly rows: readonly string[];
  readonly counts: string;
}

/** Notes what the page shows at each frame from the first on. */
async function recordFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frames: Frame[] = [];
    Object.assign(window, { frames });
    const look = () => {
      const rows = [...document.querySelectorAll("[data-testid=annotation]")].map(({ textContent }) => textContent);
      const counts = document.querySelector("nav[aria-label=Widgets]")?.textContent;
      if (counts !== undefined && document.readyState !== "loading") frames.push({ rows, counts });
      requestAnimationFrame(look);
    };
    look();
  });
}

async function framesOf(page: Page): Promise<readonly Frame[]> {
  return page.evaluate(() => (window as unknown as { frames: Frame[] }).frames); // put there by the script above
}

/** Remembers the smallest number of rows that any frame shows from now on. */
async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { fewest: Infinity };
    Object.assign(window, { seen });
    const look = () => {
      seen.fewest = Math.min(seen.fewest, document.querySelectorAll("[data-testid=annotation]").length);
      requestAnimationFrame(look);
    };
    look();
  });
}

async function fewestRows(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { seen: { fewest: number } }).seen.fewest); // as above
}
