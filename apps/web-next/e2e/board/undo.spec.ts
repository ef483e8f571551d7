import { expect, test } from "../test";
import { BoardPage } from "./board-page";

test("a deletion is undone by a button or a key: the same card, title, column and place", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const titles = ["one", "two", "three"].map((title) => `${title} ${Date.now()}`);
  const [, two = ""] = titles;
  for (const title of titles) await mia.add(title, "Doing");
  for (const board of [mia, sam]) await board.expectOnce(titles);
  const id = await mia.card(two).getAttribute("data-card");
  const isInPlace = async (board: BoardPage) => {
    await expect(board.card(two)).toHaveAttribute("data-card", id ?? "");
    const order = await board.column("Doing").locator("[data-card]").allInnerTexts();
    const places = titles.map((title) => order.findIndex((text) => text.includes(title)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    await board.expectOnce(titles);
  };

  await mia.remove(two);
  await expect(sam.card(two)).toHaveCount(0);
  const toast = mia.page.getByTestId("undo");
  await toast.getByRole("button", { name: "Undo" }).focus();
  await mia.page.keyboard.press("Enter");
  await expect(mia.card(two)).toBeFocused();
  await expect(toast).toHaveCount(0);
  for (const board of [mia, sam]) await isInPlace(board);

  await mia.remove(two);
  await expect(sam.card(two)).toHaveCount(0);
  await mia.page.keyboard.press("Control+z");
  for (const board of [mia, sam]) await isInPlace(board);
  await mia.page.reload(); // as the database has it
  await isInPlace(mia);
});

test("a deletion that was made offline is undone offline, and a refused one offers no undo", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const [title, staff] = [`kept ${Date.now()}`, `staff's ${Date.now()}`];
  await mia.add(title);
  await sam.add(staff, "To do", true);
  for (const board of [mia, sam]) await board.expectOnce([title, staff]);
  await mia.plug();
  await mia.remove(title);
  await mia.remove(staff);
  await expect(mia.page.getByTestId("undo")).toHaveCount(2);
  await mia.page.getByRole("button", { name: `Undo: restore “${title}”` }).click();
  await expect(mia.card(title)).toBeVisible();
  await mia.plug();
  await expect(mia.card(staff).getByTestId("notice")).toHaveText("Only staff may delete a staff card.");
  await expect(mia.page.getByTestId("undo")).toHaveCount(0);
  for (const board of [mia, sam]) await board.expectOnce([title, staff]);
});
