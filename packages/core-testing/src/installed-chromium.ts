import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
const APPLICATIONS = ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** The executable of `CHROMIUM_PATH`, or of a Chromium that is installed; undefined where there is none, and Playwright takes its own. */
export function installedChromium({ CHROMIUM_PATH, PATH = "" } = process.env): string | undefined {
  if (CHROMIUM_PATH !== undefined) return CHROMIUM_PATH;
  const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...APPLICATIONS].find((path) => existsSync(path));
}
