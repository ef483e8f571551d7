import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser } from "@playwright/test";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const NAMES = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];

/** A browser for tests; undefined where none starts, after the reason was printed. */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = installed();
  try {
    return await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: FLAGS });
  } catch (error) {
    console.warn(`Skipped, no Chromium starts: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The one of `CHROMIUM_PATH`, or on the path; without either Playwright takes its own. */
function installed(): string | undefined {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  if (CHROMIUM_PATH !== undefined) return CHROMIUM_PATH;
  return PATH.split(":")
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(existsSync);
}
