import { expect, test } from "../test";
import { BoardPage } from "./board-page";

test("what one person does on the board the other sees: a card is made, dragged, renamed, moved by key and deleted", async ({
  visit,
}) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `Water the plants ${Date.now()}`;

  await mia.add(title);
  await expect(sam.column("To do").locator(sam.card(title))).toBeVisible();

  await sam.drag(title, "Done");
  await expect(mia.column("Done").locator(mia.card(title))).toBeVisible();

  await mia.rename(title, `${title}, all of them`);
  await expect(sam.card(`${title}, all of them`)).toBeVisible();

  await sam.card(`${title}, all of them`).focus();
  await sam.page.keyboard.press("Shift+ArrowLeft");
  await expect(mia.column("Doing").locator(mia.card(`${title}, all of them`))).toBeVisible();

  await mia.remove(`${title}, all of them`);
  await expect(sam.card(`${title}, all of them`)).toHaveCount(0);
  await mia.expectOnce([]);
});

test("each sees who is there, what they look at and where they point", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `Look at this ${Date.now()}`;
  await mia.add(title);
  await expect(mia.page.getByTestId("people").getByRole("listitem")).toHaveCount(2);
  await sam.card(title).hover();
  await expect(mia.page.getByTestId("people").getByLabel(`Sam looks at “${title}”`)).toBeVisible();
  await expect(mia.card(title).getByLabel("Looking at this card")).toBeVisible();
  await sam.page.mouse.move(300, 400, { steps: 8 });
  await expect(mia.page.locator("[data-pointer=Sam]")).toBeVisible();
  await sam.page.close();
  await expect(mia.page.getByTestId("people").getByRole("listitem")).toHaveCount(1);
});

test("a member may not delete a staff card: it goes at once, comes back, and shows why", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `Salaries ${Date.now()}`;
  await sam.add(title, "To do", true);
  await expect(mia.card(title)).toBeVisible();
  await mia.remove(title);
  await expect(mia.card(title).getByTestId("notice")).toHaveText("Only staff may delete a staff card.");
  await mia.expectOnce([title]);
  await sam.expectOnce([title]);
  await sam.remove(title);
  await expect(mia.card(title)).toHaveCount(0);
});

test("of two who rename one card the second sees both titles, and chooses", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `Order paint ${Date.now()}`;
  await mia.add(title);
  await expect(sam.card(title)).toBeVisible();

  await sam.plug();
  await sam.rename(title, `${title}: green`);
  await mia.rename(title, `${title}: blue`);
  await expect(sam.card(`${title}: green`)).toBeVisible();
  await sam.plug();

  const conflict = sam.page.getByTestId("conflict");
  await expect(conflict).toContainText(`${title}: green`);
  await expect(conflict).toContainText(`${title}: blue`);
  await expect(sam.page.getByTestId("waiting")).toHaveText("0");
  await expect(mia.page.getByText(`${title}: green`)).toHaveCount(0);
  await sam.page.reload(); // the refused text is not lost
  await sam.expectState("live");
  await expect(conflict).toContainText(`${title}: green`);
  await conflict.getByRole("button", { name: "Use mine" }).click();
  await expect(conflict).toHaveCount(0);
  for (const board of [mia, sam]) await board.expectOnce([`${title}: green`]);

  await sam.plug();
  await sam.rename(`${title}: green`, `${title}: red`);
  await mia.rename(`${title}: green`, `${title}: black`);
  await sam.plug();
  await conflict.getByRole("button", { name: "Keep theirs" }).click();
  await expect(conflict).toHaveCount(0);
  await expect(sam.card(`${title}: black`)).toBeFocused();
  for (const board of [mia, sam]) await board.expectOnce([`${title}: black`]);
});

test("a move by one and a new title by the other are no conflict", async ({ visit }) => {
  const mia = await BoardPage.open(await visit("mia"));
  const sam = await BoardPage.open(await visit("sam"));
  const title = `Order brushes ${Date.now()}`;
  await mia.add(title);
  await expect(sam.card(title)).toBeVisible();
  await sam.plug();
  await sam.rename(title, `${title}: two`);
  await mia.drag(title, "Doing");
  await sam.plug();
  for (const board of [mia, sam]) {
    await expect(board.column("Doing").locator(board.card(`${title}: two`))).toBeVisible();
    await board.expectOnce([`${title}: two`]);
  }
});
