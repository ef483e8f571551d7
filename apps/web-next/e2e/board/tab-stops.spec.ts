import { expect, test } from "../test";
import { BoardPage } from "./board-page";

test("a column is one tab stop: arrow keys go from card to card, and Tab comes back to the last one", async ({
  visit,
}) => {
  const board = await BoardPage.open(await visit("mia"));
  const { keyboard } = board.page;
  const titles = ["first", "second", "third"].map((title) => `${title} ${Date.now()}`);
  for (const title of titles) await board.add(title, "Done");
  await board.expectOnce(titles);
  const stops = () => board.column("Done").locator("[data-card][tabindex='0'], [data-card] [tabindex='0']").count();
  expect(await stops()).toBe(1);

  await board.card(titles[2] ?? "").focus();
  await keyboard.press("ArrowUp");
  await expect(board.card(titles[1] ?? "")).toBeFocused();
  expect(await stops()).toBe(1);
  await keyboard.press("Tab");
  await expect(board.column("Done").getByRole("button", { name: "Add a card" })).toBeFocused(); // past the card's tools
  await keyboard.press("Shift+Tab");
  await expect(board.card(titles[1] ?? "")).toBeFocused();
  for (const title of titles) await board.remove(title);
  await board.expectOnce([]);
});

test("Space picks a card up, arrow keys move it, Space drops it, and Escape puts it back where it was", async ({
  visit,
}) => {
  const board = await BoardPage.open(await visit("mia"));
  const { keyboard } = board.page;
  const title = `carried ${Date.now()}`;
  await board.add(title);
  await board.expectOnce([title]);
  const announcement = board.getByTestId("announcement");

  await board.card(title).focus();
  await keyboard.press("Space");
  await expect(announcement).toContainText("is picked up");
  await keyboard.press("ArrowRight");
  await expect(board.column("Doing").locator(board.card(title))).toBeFocused();
  await keyboard.press("Space");
  await expect(announcement).toContainText("is dropped");

  await keyboard.press("Space");
  await keyboard.press("ArrowRight");
  await expect(board.column("Done").locator(board.card(title))).toBeFocused();
  await keyboard.press("Escape");
  await expect(board.column("Doing").locator(board.card(title))).toBeFocused();
  await board.remove(title);
  await board.expectOnce([]);
});

test("a card's tools cover none of its text, and the text stays in its place", async ({ visit }) => {
  const board = await BoardPage.open(await visit("sam", { viewport: { width: 1024, height: 800 } }));
  const title = `A title that is long enough for every line of its card ${Date.now()}`;
  await board.add(title, "To do", true);
  await board.expectOnce([title]);
  const card = board.card(title);
  const text = card.getByText(title, { exact: true });
  const before = await text.boundingBox();
  await card.hover();
  const tools = await card
    .getByRole("button")
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().left));
  expect(await text.boundingBox()).toEqual(before);
  expect((before?.x ?? 0) + (before?.width ?? 0)).toBeLessThanOrEqual(Math.min(...tools));
  await board.remove(title);
  await board.expectOnce([]);
});
