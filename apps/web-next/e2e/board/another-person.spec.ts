import { expect, test } from "../test";
import { BoardPage } from "./board-page";

test("a page that was rendered for Mia becomes Sam's when Sam has signed in beside it, and comes back", async ({
  visit,
}) => {
  const board = await BoardPage.open(await visit("mia"));
  await board.plug();
  await board.expectState("unplugged");
  const tab = await board.page.context().newPage();
  await tab.goto("/sign-in");
  await tab.locator("button[value=sam]").click();
  await expect(tab.getByTestId("who")).toContainText("Sam");

  await board.plug();
  await expect(board.page.getByTestId("who")).toContainText("Sam");
  await board.expectState("live");
  await expect(board.page.getByTestId("people").getByLabel("Sam (you)")).toBeVisible();
  await board.add(`by Sam ${Date.now()}`, "To do", true); // as staff, with staff's rights
  await board.expectOnce([]);
});
