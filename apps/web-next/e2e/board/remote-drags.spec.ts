import type { Page } from "@playwright/test";
import { expect, test } from "../test";
import { BoardPage } from "./board-page";

/** Takes a card up with the mouse and carries it over a column, without dropping it. */
async function carry(board: BoardPage, title: string, share: number): Promise<void> {
  const area = await board.page.locator("[data-board]").boundingBox();
  if (!area) throw new Error("The board is not on the page.");
  await board.card(title).hover();
  await board.page.mouse.down();
  await board.page.mouse.move(area.x + area.width * share, area.y + 120, { steps: 12 });
}

const ghost = (page: Page) => page.locator("[data-remote-drag=Sam]");

test("the others see a card move in the hand that drags it, until it is dropped", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `carried ${Date.now()}`;
  await mia.add(title);
  await sam.expectOnce([title]);
  await carry(sam, title, 0.5);
  await expect(ghost(mia.page)).toContainText(title);
  await expect(mia.card(title).first()).toContainText("Sam is moving this");
  const before = await ghost(mia.page).boundingBox();
  const area = await sam.page.locator("[data-board]").boundingBox();
  await sam.page.mouse.move((area?.x ?? 0) + (area?.width ?? 0) * 0.8, (area?.y ?? 0) + 140, { steps: 6 });
  await expect
    .poll(async () => ((await ghost(mia.page).boundingBox())?.x ?? 0) - (before?.x ?? 0))
    .toBeGreaterThan(100);
  await expect(mia.column("To do").locator(mia.card(title))).toBeVisible(); // it is not moved yet

  await sam.page.mouse.up();
  await expect(ghost(mia.page)).toHaveCount(0);
  await expect(mia.column("Done").locator(mia.card(title))).toBeVisible();
  await expect(mia.page.getByText("Sam is moving this")).toHaveCount(0);
});

test("a drag that is given up, or whose connection is gone, ends for the others too", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `put back ${Date.now()}`;
  await mia.add(title);
  await sam.expectOnce([title]);
  await carry(sam, title, 0.5);
  await expect(ghost(mia.page)).toBeVisible();
  await sam.page.keyboard.press("Escape");
  await expect(ghost(mia.page)).toHaveCount(0);
  await sam.page.mouse.up();
  await expect(mia.column("To do").locator(mia.card(title))).toBeVisible();

  await carry(sam, title, 0.5);
  await expect(ghost(mia.page)).toBeVisible();
  await sam.page.context().close();
  await expect(ghost(mia.page)).toHaveCount(0);
});

test("who wants less motion sees who has the card, and nothing fly", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia", { reducedMotion: "reduce" }));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `still ${Date.now()}`;
  await mia.add(title);
  await sam.expectOnce([title]);
  await carry(sam, title, 0.5);
  await expect(mia.card(title)).toContainText("Sam is moving this");
  await expect(ghost(mia.page)).toBeHidden();
  await sam.page.mouse.up();
});
