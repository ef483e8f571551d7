import type { Page } from "@playwright/test";
import { expect, test } from "../test";
import { BoardPage } from "./board-page";

/** Cuts what the board's connection goes over, also for pages that are loaded later; returns how to mend it. */
async function cut(page: Page): Promise<() => Promise<void>> {
  const context = page.context();
  await context.routeWebSocket(/\/realtime/, (socket) => void socket.close());
  await context.route(/\/realtime/, (route) => route.abort());
  return async () => {
    await context.unroute(/\/realtime/);
    await context.routeWebSocket(/\/realtime/, (socket) => void socket.connectToServer());
  };
}

test("a page that is loaded anew offline shows its changes as unsent, and sends them, once, when it is online", async ({
  visit,
}) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `through a reload ${Date.now()}`;
  const [old, moved] = [`old ${title}`, `moved ${title}`];
  await mia.add(old);
  await mia.add(moved);
  await sam.expectOnce([old, moved]);

  await mia.plug();
  await mia.expectState("unplugged");
  await mia.add(title);
  await mia.rename(title, `${title}, renamed`); // behind a change of the same card without a reply
  await mia.rename(old, `new ${title}`);
  await mia.drag(moved, "Done");
  await expect(mia.page.getByTestId("waiting")).toHaveText("4");
  const mend = await cut(mia.page);
  mia.page.on("dialog", (dialog) => {
    throw new Error(`The page asked before it was left: ${dialog.type()}`);
  });
  await mia.page.reload();

  await expect(mia.page.getByTestId("waiting")).toHaveText("4");
  for (const card of [`${title}, renamed`, `new ${title}`, moved]) {
    await expect(mia.card(card)).toHaveAttribute("data-pending");
    await expect(sam.card(card === moved ? "none" : card)).toHaveCount(0);
  }
  await expect(mia.column("Done").locator(mia.card(moved))).toBeVisible();
  await expect(mia.page.getByTestId("absence")).toContainText("4 changes of yours wait here");

  await mend();
  await mia.expectState("live");
  for (const board of [mia, sam]) {
    await board.expectOnce([`${title}, renamed`, `new ${title}`, moved]);
    await expect(board.column("Done").locator(board.card(moved))).toBeVisible();
    await expect(board.card(old)).toHaveCount(0);
  }
  await mia.page.reload();
  await mia.expectOnce([`${title}, renamed`, `new ${title}`, moved]);
});

test("what one page left behind is sent by one of two pages that open later, and not by another user's", async ({
  visit,
}) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `left behind ${Date.now()}`;
  await mia.plug();
  await mia.add(title);
  await expect(mia.page.getByTestId("waiting")).toHaveText("1");
  const context = mia.page.context();
  await mia.page.close();

  const other = await context.newPage();
  await other.goto("/sign-in");
  await other.locator("button[value=sam]").click();
  await expect(other.getByTestId("who")).toContainText("Sam");
  const asSam = await BoardPage.open(other);
  await asSam.expectOnce([]);
  await expect(sam.card(title)).toHaveCount(0);
  await other.goto("/sign-in");
  await other.locator("button[value=mia]").click();
  await expect(other.getByTestId("who")).toContainText("Mia");

  const pages = await Promise.all([BoardPage.open(other), context.newPage().then((page) => BoardPage.open(page))]);
  for (const board of [...pages, sam]) await board.expectOnce([title]);
});

test("a browser that keeps nothing asks before changes are lost, and the next page shows which they were", async ({
  visit,
}) => {
  const page = await visit("mia");
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  const mia = await BoardPage.open(page);
  const title = `forgotten ${Date.now()}`;
  await mia.plug();
  await mia.expectState("unplugged");
  await mia.add(title);
  await expect(mia.page.getByTestId("waiting")).toHaveText("1");
  const asked = mia.page.waitForEvent("dialog").then(async (dialog) => {
    await dialog.accept();
    return dialog.type();
  });
  await mia.page.reload();
  expect(await asked).toBe("beforeunload");
  await expect(mia.page.getByTestId("notice")).toContainText(`new card “${title}”`);
  await expect(mia.card(title)).toHaveCount(0);
});
