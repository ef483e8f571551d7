import { chromium, type Browser } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];

/** A browser; undefined where none starts, after the reason was printed. Who launches it closes it. */
export async function launchChromium(): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  } catch (cause) {
    console.warn(`Skipped, because no Chromium starts: ${cause instanceof Error ? cause.message : cause}`);
    return undefined;
  }
}
