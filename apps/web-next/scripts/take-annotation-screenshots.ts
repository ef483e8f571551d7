import type { BrowserContextOptions, Page } from "@playwright/test";
import { inStudio } from "./studio";

// Takes the pictures of the annotations. Run it when the look changes, and look at them.
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 900 } };
const NARROW: BrowserContextOptions = { viewport: { width: 360, height: 780 } };

await inStudio(async ({ visit, take }) => {
  const mia = await open(await visit("mia", { ...WIDE, colorScheme: "light" }), "1");
  const sam = await open(await visit("sam", { ...WIDE, colorScheme: "dark" }), "3");
  const phone = await open(await visit("mia", { ...NARROW, colorScheme: "light" }), "1");
  await write(mia, "wish", "Colour the slots by carrier.");
  await mia.getByTestId("widget 1").getByText("3").waitFor();
  await mia.mouse.move(0, 0);
  await take(mia, "annotations-light");
  await write(sam, "wish", "Let the south see the cranes, too.");
  await sam.getByTestId("refused").waitFor();
  await take(sam, "annotations-dark");
  await take(phone, "annotations-narrow", { fullPage: true });

  await phone.getByTestId("annotation").first().getByRole("button", { name: /^Edit/ }).click();
  const edit = phone.getByRole("form", { name: "Edit annotation" });
  await edit.getByLabel("Text").fill("Colour the slots by carrier, and by state.");
  await mia.context().setOffline(true);
  await write(mia, "defect", "Written on the train, in a tunnel.");
  await mia.locator("[data-testid=thread-status][data-state=stale]").waitFor();
  await mia.getByTestId("annotation").nth(1).getByRole("button", { name: /^Edit/ }).click();
  await mia.getByRole("form", { name: "Edit annotation" }).getByLabel("Text").fill("Colour the slots by customer.");
  await mia.getByRole("button", { name: "Save" }).click();
  await take(mia, "annotations-offline");
  await edit.getByRole("button", { name: "Save" }).click();
  await mia.context().setOffline(false);
  await mia.getByTestId("conflict").waitFor();
  await take(mia, "annotations-conflict", { fullPage: true });

  await mia.getByText("Embed this widget in another site").click();
  await mia.getByRole("link", { name: "Open it" }).click();
  await mia.locator("[data-testid=thread-status][data-state=live]").waitFor();
  await mia.setViewportSize({ width: 480, height: 640 });
  await take(mia, "annotations-embed");
});

async function open(page: Page, widget: string): Promise<Page> {
  await page.goto(`/annotations?widget=${widget}`);
  await page.locator("[data-testid=thread-status][data-state=live]").waitFor();
  return page;
}

async function write(page: Page, category: string, text: string): Promise<void> {
  const form = page.getByRole("form", { name: "New annotation" });
  await form.getByLabel("Category").selectOption(category);
  await form.getByLabel("Text").fill(text);
  await form.getByRole("button", { name: "Add" }).click();
}
