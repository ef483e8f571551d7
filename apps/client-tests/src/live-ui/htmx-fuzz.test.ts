import { afterAll, expect, it } from "vitest";
import { launchChromium } from "./testing/chromium.js";
import { FUZZED_WAYS, runFuzz } from "./testing/fuzz-run.js";

const browser = await launchChromium();
const itInBrowser = browser ? it : it.skip;
afterAll(() => browser?.close());

itInBrowser.each(["htmx-4", "htmx-2"] as const)(
  "shows a fresh render after each of 200 random transitions (%s)",
  { timeout: 120_000 },
  async (way) => {
    const report = await runFuzz(browser, FUZZED_WAYS[way], { seed: 1, transitions: 200 });
    expect(report).toEqual({ transitions: 200, differences: [], errors: [] });
  },
);
