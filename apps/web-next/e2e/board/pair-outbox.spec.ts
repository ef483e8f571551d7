import type { Page } from "@playwright/test";
import type { ServerProcess } from "../server-process";
import { expect, test } from "../test";
import { BoardPage } from "./board-page";

test("a side that is cut off keeps its changes through a reload, and sends them, once, when it is connected again", async ({
  page,
  server,
}) => {
  const { mia, sam } = await openPair(page, server);
  const [title, other] = [`through a reload ${Date.now()}`, `of the other side ${Date.now()}`];
  page.on("dialog", (dialog) => {
    throw new Error(`The page asked before it was left: ${dialog.type()}`);
  });
  await sam.plug();
  await sam.expectState("unplugged");
  await sam.add(title);
  await expect(sam.getByTestId("waiting")).toHaveText("1");
  await page.reload();

  await mia.expectState("live"); // the other side's connection is its own
  await sam.expectState("unplugged");
  await expect(sam.getByTestId("waiting")).toHaveText("1");
  await expect(sam.card(title)).toHaveAttribute("data-pending");
  await mia.add(other);
  await mia.expectOnce([other]);
  await expect(mia.card(title)).toHaveCount(0);

  await sam.plug();
  await sam.expectState("live");
  for (const side of [mia, sam]) await side.expectOnce([title, other]);
  await page.reload();
  for (const side of [mia, sam]) await side.expectState("live");
  for (const side of [mia, sam]) await side.expectOnce([title, other]);
});

test("both sides cut off keep their own changes apart", async ({ page, server }) => {
  const { mia, sam } = await openPair(page, server);
  const [ofMia, ofSam] = [`of Mia ${Date.now()}`, `of Sam ${Date.now()}`];
  for (const [side, title] of [
    [mia, ofMia],
    [sam, ofSam],
  ] as const) {
    await side.plug();
    await side.expectState("unplugged");
    await side.add(title);
    await expect(side.getByTestId("waiting")).toHaveText("1");
  }
  await page.reload();
  await expect(mia.card(ofMia)).toHaveAttribute("data-pending");
  await expect(sam.card(ofSam)).toHaveAttribute("data-pending");
  await expect(mia.card(ofSam)).toHaveCount(0);
  await expect(sam.card(ofMia)).toHaveCount(0);
  await mia.plug();
  await mia.expectOnce([ofMia]);
  await expect(sam.getByTestId("waiting")).toHaveText("1"); // Mia's client sends none of Sam's changes
  await sam.plug();
  for (const side of [mia, sam]) await side.expectOnce([ofMia, ofSam]);
});

test("a browser that keeps nothing asks before a side's changes are lost, and the next page shows on it which they were", async ({
  page,
  server,
}) => {
  await page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  const { mia, sam } = await openPair(page, server);
  const title = `forgotten ${Date.now()}`;
  await sam.plug();
  await sam.expectState("unplugged");
  await sam.add(title);
  await expect(sam.getByTestId("waiting")).toHaveText("1");
  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    await dialog.accept();
    return dialog.type();
  });
  await page.reload();
  expect(await asked).toBe("beforeunload");
  await expect(sam.getByTestId("notice")).toContainText(`new card “${title}”`);
  await expect(mia.getByTestId("notice")).toHaveCount(0);
  await expect(sam.card(title)).toHaveCount(0);
});

/** The first page, and the boards of its two sides. */
async function openPair(page: Page, { url }: ServerProcess) {
  await page.goto(url);
  return { mia: await BoardPage.side(page, "Mia"), sam: await BoardPage.side(page, "Sam") };
}
