import type { BrowserContextOptions } from "@playwright/test";
import { BoardPage } from "../e2e/board/board-page";
import { seedCards } from "./sample-cards";
import { inStudio } from "./studio";

// Takes the pictures of the board. Run it when the look changes, and look at them.
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 800 } };
const NARROW: BrowserContextOptions = { viewport: { width: 390, height: 844 } };

await inStudio(async ({ visit, take }) => {
  const mia = await BoardPage.open(await visit("mia", { ...WIDE, colorScheme: "light" }));
  const sam = await BoardPage.open(await visit("sam", { ...WIDE, colorScheme: "dark" }));
  const phone = await BoardPage.open(await visit("mia", { ...NARROW, colorScheme: "light" }));
  await seedCards(sam);
  await mia.card("Book the meeting room").waitFor();

  await sam.card("Repair the squeaking door").hover();
  await mia.card("Repair the squeaking door").getByLabel("Looking at this card").waitFor();
  await mia.page.locator("[data-pointer=Sam][data-shown]").waitFor();
  await take(mia.page, "board-light");
  await mia.card("Plan the garden party").hover();
  await sam.page.locator("[data-pointer=Mia][data-shown]").waitFor();
  await take(sam.page, "board-dark");
  await take(phone.page, "board-narrow");

  await mia.remove("Review the new contracts");
  await mia.card("Review the new contracts").getByTestId("notice").waitFor();
  await take(mia.page, "board-refused");
  await mia.plug();
  await mia.rename("Buy oat milk", "Buy oat milk and coffee");
  await mia.drag("Ask three firms about the heating", "Doing");
  await take(mia.page, "board-offline");
});
