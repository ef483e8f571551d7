import type { BrowserContextOptions, Page } from "@playwright/test";
import { BoardPage } from "../e2e/board/board-page";
import { seedCards } from "./sample-cards";
import { inStudio } from "./studio";

// Takes the pictures of the first page. Run it when the look changes, and look at them.
const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 780 }, hasTouch: true };

async function sidesOf(page: Page) {
  await page.goto("/");
  return { mia: await BoardPage.side(page, "Mia"), sam: await BoardPage.side(page, "Sam") };
}

await inStudio(async ({ visit, take }) => {
  const light = await visit("anonymous", { ...WIDE, colorScheme: "light" });
  const { mia, sam } = await sidesOf(light);
  await seedCards(sam);
  await mia.drag("Book the meeting room", "Doing");
  await sam.column("Doing").getByText("Book the meeting room").waitFor();
  await mia.card("Plan the garden party").hover();
  await sam.card("Plan the garden party").getByLabel("Looking at this card").waitFor();
  await take(light, "pair-light");

  const dark = await visit("anonymous", { ...WIDE, colorScheme: "dark" });
  const inTheDark = await sidesOf(dark);
  await inTheDark.sam.plug();
  await inTheDark.sam.expectState("unplugged");
  await inTheDark.sam.rename("Buy oat milk", "Buy oat milk and coffee");
  await take(dark, "pair-cut-off");
  await dark.getByRole("button", { name: "Inspect the connection of Sam" }).click();
  await dark
    .getByRole("region", { name: "Fourgate devtools: Sam" })
    .getByRole("tab", { name: /^Frames/ })
    .click();
  await take(dark, "pair-inspected");

  const phone = await visit("anonymous", { ...PHONE, colorScheme: "light" });
  await sidesOf(phone);
  await take(phone, "pair-narrow");
});
