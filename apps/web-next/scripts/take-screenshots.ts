import type { BrowserContextOptions, Page } from "@playwright/test";
import { channelRow, sendNotification } from "../e2e/test";
import { inStudio } from "./studio";

// Takes the pictures of the desk. Run it when the look changes, and look at them.
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 860 } };
const NARROW: BrowserContextOptions = { viewport: { width: 390, height: 844 } };
const WHOLE = { fullPage: true };

async function beRefused(page: Page, channel: string): Promise<void> {
  await channelRow(page, channel).getByRole("button").click();
  await channelRow(page, channel).getByText("UNAUTHORIZED").waitFor();
}

await inStudio(async ({ visit, take }) => {
  const mia = await visit("mia", { ...WIDE, colorScheme: "light" });
  const sam = await visit("sam", { ...WIDE, colorScheme: "dark" });
  const phone = await visit("mia", { ...NARROW, colorScheme: "light" });
  await sendNotification(sam, "Mia", "The parcel is here. Shall I bring it up?");
  await mia.getByTestId("inbox").getByText("Shall I bring it up?").waitFor();
  await sendNotification(mia, "Sam", "Yes please, third floor. The lift works again.");
  await sam.getByTestId("inbox").getByText("third floor").waitFor();
  for (const page of [sam, mia, phone, mia]) {
    await page.getByRole("button", { name: "Ping", exact: true }).click();
    await page.getByText(/^Replied in/).waitFor();
  }
  await beRefused(mia, "notifications.user.sam");
  await beRefused(phone, "notifications.staff");
  await sam.getByText("On the wire").click();
  await take(mia, "desk-light", WHOLE);
  await take(sam, "desk-dark", WHOLE);
  await take(phone, "desk-narrow", WHOLE);

  const visitor = await visit("anonymous", { ...NARROW, colorScheme: "dark" });
  await visitor.goto("/sign-in");
  await take(visitor, "sign-in-narrow-dark", WHOLE);
});
