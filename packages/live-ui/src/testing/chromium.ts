import { chromium, type Browser } from "@playwright/test";
import { installedChromium } from "@repo/core-testing";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

/** A browser for tests; undefined where none starts, after the reason was printed. */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = installedChromium();
  try {
    return await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: FLAGS });
  } catch (error) {
    console.warn(`Skipped, no Chromium starts: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
