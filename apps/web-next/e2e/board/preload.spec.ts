import type { Page } from "@playwright/test";
import { expect, test } from "../test";
import { BoardPage } from "./board-page";

/** Notes what the board shows at each frame from the first on. */
async function recordFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frames: string[][] = [];
    Object.assign(window, { frames });
    const look = () => {
      const board = document.querySelector("[data-board]");
      if (board)
        frames.push([...board.querySelectorAll("[data-card] p:first-of-type")].map((card) => card.textContent));
      requestAnimationFrame(look);
    };
    look();
  });
}

async function framesOf(page: Page): Promise<readonly (readonly string[])[]> {
  // what the script above has put there, in a window that this file's types do not know
  return page.evaluate(() => (window as unknown as { frames: string[][] }).frames);
}

test("the server's cards are painted from the first frame on, and none comes or goes until somebody does something", async ({
  visit,
}) => {
  const sam = await BoardPage.open(await visit("sam"));
  const title = `there from the start ${Date.now()}`;
  await sam.add(title);
  await sam.expectOnce([title]);
  const mia = await visit("mia");
  const errors: string[] = [];
  mia.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await recordFrames(mia);
  await BoardPage.open(mia);
  const frames = await framesOf(mia);
  expect(frames.length).toBeGreaterThan(3);
  expect(frames[0]).toContain(title);
  for (const frame of frames) expect(frame).toEqual(frames[0]);
  expect(errors).toEqual([]); // no hydration mismatch either
});

test("what is published between the server's reading and the browser's subscribing is not missed", async ({
  visit,
}) => {
  const sam = await BoardPage.open(await visit("sam"));
  const mia = await visit("mia");
  await mia.goto("about:blank");
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await mia.routeWebSocket("**/realtime", async (socket) => {
    await held;
    socket.connectToServer();
  });
  const title = `in between ${Date.now()}`;
  await mia.goto("/board");
  await expect(mia.locator("[data-card]").first()).toBeVisible();
  await sam.add(title);
  await sam.expectOnce([title]);
  await expect(mia.getByText(title, { exact: true })).toHaveCount(0);
  letThrough();
  await expect(mia.getByText(title, { exact: true })).toHaveCount(1);
});

test("without JavaScript the board can be read", async ({ visit, browser, server }) => {
  const sam = await BoardPage.open(await visit("sam"));
  const title = `on paper ${Date.now()}`;
  await sam.add(title);
  await sam.expectOnce([title]);
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator("button[value=mia]").click();
  await page.goto("/board");
  await expect(page.getByText(title, { exact: true })).toBeVisible();
  await context.close();
});
