import { stat } from "node:fs/promises";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { BoardPage } from "../e2e/board/board-page";
import { seedCards } from "./sample-cards";
import { inStudio, OUT } from "./studio";

// Takes the README's moving picture: Mia drags a card, Sam is cut off, misses a move, and catches up. Each frame is a screenshot.
const FRAME_MS = 110;
const LAST_MS = 1_800; // before it begins again
const frames: Buffer[] = [];
let at = { x: 200, y: 560 }; // the hand
const viewport = { width: 1120, height: 640 };

await inStudio(async ({ visit }) => {
  const page = await visit("anonymous", { viewport, colorScheme: "light", reducedMotion: "no-preference" });
  await page.goto("/");
  const [mia, sam] = [await BoardPage.side(page, "Mia"), await BoardPage.side(page, "Sam")];
  await seedCards(sam);
  await showHand(page);
  const card = await mia.card("Plan the garden party").boundingBox();
  await glide(page, { x: (card?.x ?? 0) + 60, y: (card?.y ?? 0) + 20 }, 5);
  await page.mouse.down();
  const doing = await mia.column("Doing").boundingBox();
  await glide(page, { x: (doing?.x ?? 0) + 80, y: (doing?.y ?? 0) + 150 }, 12);
  await page.mouse.up();
  await sam.column("Doing").getByText("Plan the garden party").waitFor();
  await take(page, 8);

  const plug = await sam.getByTestId("plug").boundingBox();
  const onPlug = { x: (plug?.x ?? 0) + 26, y: (plug?.y ?? 0) + 18 };
  await glide(page, onPlug, 7);
  await page.mouse.click(onPlug.x, onPlug.y);
  await sam.expectState("unplugged");
  await take(page, 6);
  await mia.card("Repair the squeaking door").focus();
  await page.keyboard.press("Shift+ArrowRight");
  await take(page, 5);
  await mia.rename("Buy oat milk", "Buy oat milk and coffee");
  await take(page, 6);
  await page.mouse.click(onPlug.x, onPlug.y);
  await sam.card("Buy oat milk and coffee").waitFor();
  await take(page, 8);
});

const delay = frames.map((_, index) => (index === frames.length - 1 ? LAST_MS : FRAME_MS));
const path = `${OUT}two-people.webp`;
await sharp(frames, { join: { animated: true } })
  .webp({ delay, loop: 0, quality: 72, effort: 5 })
  .toFile(path);
console.log(
  `docs/screenshots/two-people.webp: ${frames.length} frames, ${Math.round((await stat(path)).size / 1_000)} kB`,
);

async function take(page: Page, count: number): Promise<void> {
  for (let frame = 0; frame < count; frame += 1) frames.push(await page.screenshot());
}

async function glide(page: Page, to: typeof at, steps: number): Promise<void> {
  const from = at;
  for (let step = 1; step <= steps; step += 1) {
    const share = step / steps;
    const eased = share * share * (3 - 2 * share);
    at = { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };
    await page.mouse.move(at.x, at.y);
    await take(page, 1);
  }
}

/** Draws the hand, which no screenshot has. */
async function showHand(page: Page): Promise<void> {
  await page.evaluate(() => {
    const hand = document.createElement("div");
    hand.innerHTML =
      '<svg viewBox="0 0 16 20" width="20" height="25"><path d="M2 1.5v14.2l3.7-3.5 2.5 5.8 2.6-1.1-2.5-5.7h5.2Z" fill="#111" stroke="#fff" stroke-width="1.4"/></svg>';
    hand.style.cssText = "position:fixed;left:0;top:0;z-index:9999;pointer-events:none;translate:200px 560px";
    document.body.append(hand);
    addEventListener(
      "pointermove",
      ({ clientX, clientY }) => (hand.style.translate = `${clientX}px ${clientY}px`),
      true,
    );
  });
}
