import { chromium, type Browser } from "@playwright/test";
import { installedChromium } from "@repo/core-testing";
import { it } from "vitest";

const FLAGS = [
  "--no-sandbox",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-sync",
];

async function launch(): Promise<Browser | undefined> {
  const executablePath = installedChromium();
  try {
    return await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: FLAGS });
  } catch (cause) {
    console.warn(
      `These tests are skipped, because no Chromium starts: ${cause instanceof Error ? cause.message : cause}`,
    );
    return undefined;
  }
}

/** The browser of a test file; undefined where none starts. Close it after all tests. */
export const browser = await launch();

/** A test that needs the browser. */
export const itInBrowser = browser ? it : it.skip;
