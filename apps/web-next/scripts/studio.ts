import { fileURLToPath } from "node:url";
import { chromium, type BrowserContextOptions, type Page } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";
import { ServerProcess } from "../e2e/server-process";
import { signIn, type Who } from "../e2e/test";

/** The folder of the pictures. */
export const OUT = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));

/** Where the documents' pictures are taken: a server in production mode (build first), and browsers of people who have signed in. */
export interface Studio {
  visit(who: Who, options: BrowserContextOptions): Promise<Page>;
  take(page: Page, name: string, options?: { readonly fullPage: boolean }): Promise<void>;
}

/** Opens a studio for as long as the work takes. */
export async function inStudio(work: (studio: Studio) => Promise<void>): Promise<void> {
  const server = await ServerProcess.start("production");
  const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });
  try {
    await work({
      async visit(who, options) {
        const shown = { baseURL: server.url, locale: "en-GB", reducedMotion: "reduce", ...options } as const;
        const page = await (await browser.newContext(shown)).newPage();
        await signIn(page, who);
        return page;
      },
      async take(page, name, options) {
        await page.screenshot({ path: `${OUT}${name}.png`, ...options });
        console.log(`docs/screenshots/${name}.png`);
      },
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}
