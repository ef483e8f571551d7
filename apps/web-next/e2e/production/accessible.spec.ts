import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { BoardPage } from "../board/board-page";
import { expect, test } from "../test";

test.setTimeout(400_000); // axe takes seconds for a page, and there are many

/** Every page of the demo, and what shows that it is there. */
const PAGES = [
  ["/desk", "[data-testid=connection]"],
  ["/board", "[data-testid=status-line][data-state=live]"],
  ["/orders", "main h1"],
  ["/orders/webhooks", "main h1"],
  ["/hub", "main h1"],
  ["/annotations", "main h1"],
  ["/sign-in", "main h1"],
  ["/nowhere", "main h1"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page has an accessibility violation that axe finds, in ${colorScheme}`, async ({ visit }) => {
    const page = await visit("sam", { colorScheme, reducedMotion: "reduce" });
    const board = await BoardPage.open(page);
    await board.add(`A staff card to look at ${Date.now()}`, "To do", true);
    await board.expectOnce([]);
    for (const [path, sign] of PAGES) {
      await page.goto(path);
      await page.locator(sign).first().waitFor();
      await expectNoViolation(page, path);
    }
    await page.goto("/annotations?widget=1");
    await page.locator("[data-testid=thread-status][data-state=live]").waitFor();
    await expectNoViolation(page, "/annotations?widget=1");
  });

  test(`the first page has none either: live, cut off, inspected, and at 360 px, in ${colorScheme}`, async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext({ baseURL: server.url, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto("/");
    await BoardPage.side(page, "Mia");
    const sam = await BoardPage.side(page, "Sam");
    await sam.add(`A card to look at ${Date.now()}`);
    await sam.expectOnce([]);
    await expectNoViolation(page, "live");
    await sam.plug();
    await sam.expectState("unplugged");
    await expectNoViolation(page, "cut off");
    await page.getByRole("button", { name: "Inspect the connection of Mia" }).click();
    await page.getByRole("region", { name: "Fourgate devtools: Mia" }).waitFor();
    await expectNoViolation(page, "inspected");
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoViolation(page, "360 px");
    await context.close();
  });
}

async function expectNoViolation(page: Page, where: string): Promise<void> {
  const violations = async () => {
    const found = await new AxeBuilder({ page }).analyze();
    return found.violations.map(
      ({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target).join(", ")}`,
    );
  };
  await expect.soft.poll(violations, { timeout: 30_000 }).toEqual([]); // a refresh replaces the title, and for a moment there is none
}
