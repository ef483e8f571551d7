import { fileURLToPath } from "node:url";
import { chromium, type BrowserContextOptions } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { BoardPage } from "../e2e/board/board-page";
import { ServerProcess } from "../e2e/server-process";
import { signIn, type Who } from "../e2e/test";

// Takes the pictures of the board from a server in production mode: build first. Run it when the look changes, and look at them.
const OUT = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));
const WIDE: BrowserContextOptions = { viewport: { width: 1120, height: 800 } };
const NARROW: BrowserContextOptions = { viewport: { width: 390, height: 844 } };

const server = await ServerProcess.start("production");
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });

async function visit(who: Who, options: BrowserContextOptions): Promise<BoardPage> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: "en-GB",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await signIn(page, who);
  return BoardPage.open(page);
}

async function take({ page }: BoardPage, name: string): Promise<void> {
  await page.screenshot({ path: `${OUT}${name}.png` });
  console.log(`docs/screenshots/${name}.png`);
}

const CARDS = [
  ["Buy oat milk", "To do", false],
  ["Plan the garden party", "To do", false],
  ["Ask three firms about the heating", "To do", false],
  ["Review the new contracts", "Doing", true],
  ["Repair the squeaking door", "Doing", false],
  ["Water the plants", "Done", false],
  ["Book the meeting room", "Done", false],
] as const;

try {
  const mia = await visit("mia", { ...WIDE, colorScheme: "light" });
  const sam = await visit("sam", { ...WIDE, colorScheme: "dark" });
  const phone = await visit("mia", { ...NARROW, colorScheme: "light" });
  for (const [title, column, isStaff] of CARDS) await sam.add(title, column, isStaff);
  await mia.expectOnce(CARDS.map(([title]) => title));

  await sam.card("Repair the squeaking door").hover();
  await mia.card("Repair the squeaking door").getByLabel("Looking at this card").waitFor();
  await mia.page.locator("[data-pointer=Sam]").waitFor();
  await take(mia, "board-light");
  await mia.card("Plan the garden party").hover();
  await sam.page.locator("[data-pointer=Mia]").waitFor();
  await take(sam, "board-dark");
  await take(phone, "board-narrow");

  await mia.remove("Review the new contracts");
  await mia.card("Review the new contracts").getByTestId("notice").waitFor();
  await take(mia, "board-refused");
  await mia.plug();
  await mia.rename("Buy oat milk", "Buy oat milk and coffee");
  await mia.drag("Ask three firms about the heating", "Doing");
  await take(mia, "board-offline");
} finally {
  await browser.close();
  await server.stop();
}
