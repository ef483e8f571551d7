import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../test";
import { BoardPage } from "./board-page";

const viewport = { width: 320, height: 640 };

test("the board fits 320 px: its columns scroll, the page does not", async ({ visit }) => {
  const board = await BoardPage.open(await visit("sam", { viewport }));
  await board.add(`Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen${Date.now()}`, "To do", true);
  await board.expectOnce([]);
  expect(await overflowOf(board.page)).toBe(0);
  await board.column("Done").scrollIntoViewIfNeeded();
  await expect(board.column("Done")).toBeInViewport();
  expect(await overflowOf(board.page)).toBe(0);
});

test("by keyboard alone one gets to the board, and adds, renames, moves and deletes a card", async ({ visit }) => {
  const board = await BoardPage.open(await visit("mia", { viewport }));
  const { keyboard } = board.page;
  const title = `typed ${Date.now()}`;

  await keyboard.press("Tab");
  await expect(board.page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(board.page.locator("#main")).toBeFocused();

  const opener = board.page.getByRole("button", { name: "Add a card to To do" });
  await goTo(opener, "Tab");
  await keyboard.press("Enter");
  await keyboard.type(title);
  await keyboard.press("Enter");
  await board.expectOnce([title]);
  await keyboard.press("Escape");
  await expect(opener).toBeFocused();

  await goTo(board.column("To do").locator("[data-card]").first(), "Shift+Tab"); // the one tab stop of its column
  await keyboard.press("End");
  await expect(board.card(title)).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.type(`${title}, twice`);
  await keyboard.press("Enter");
  await expect(board.card(`${title}, twice`)).toBeFocused();

  await keyboard.press("Shift+ArrowRight");
  await expect(board.column("Doing").locator(board.card(`${title}, twice`))).toBeFocused();
  await expect(board.page.getByTestId("announcement")).toContainText("in Doing");

  await keyboard.press("Delete");
  await expect(board.card(`${title}, twice`)).toHaveCount(0);
  await board.expectOnce([]);
  expect(await overflowOf(board.page)).toBe(0);
});

/** By how much the page is wider than its window. */
async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const MOST_STOPS = 20; // a column is one stop, however many cards it has

for (const width of [360, 390, 412, 1024])
  test(`nothing moves while the board becomes live, on a screen of ${width} px`, async ({ visit }) => {
    const page = await visit("mia", { viewport: { width, height: 740 } });
    await page.addInitScript(noteShifts);
    const board = await BoardPage.open(page);
    await expect(board.getByTestId("people").getByRole("listitem")).not.toHaveCount(0);
    await expect(board.getByTestId("status-line")).toContainText(/\d ms/);
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
  });

declare global {
  interface Window {
    /** What the browser has reported as moved without an input of the user's. */
    shifts: string[];
  }
}

/** Runs in the page. */
function noteShifts(): void {
  window.shifts = [];
  const note = (entry: PerformanceEntry) => {
    const { value, hadRecentInput, sources } = entry as PerformanceEntry & LayoutShift;
    if (hadRecentInput || value < 0.005) return; // as a digit that becomes wider
    const moved = sources.map(({ node, previousRect, currentRect }) => {
      const name = node instanceof Element ? `${node.tagName}.${node.className}` : String(node?.textContent);
      return `${name} from ${previousRect.top} to ${currentRect.top}`;
    });
    window.shifts.push(`${value.toFixed(3)}: ${moved.join("; ")}`);
  };
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "layout-shift", buffered: true });
}

interface LayoutShift {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRect;
    readonly currentRect: DOMRect;
  }[];
}

/** Goes on with a key until this has the focus. */
async function goTo(target: Locator, key: "Tab" | "Shift+Tab"): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await target.page().keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`It was not reached with ${MOST_STOPS} times ${key}.`);
}
