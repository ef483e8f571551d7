import { afterAll, expect, it } from "vitest";
import { launchChromium } from "./testing/chromium.js";
import { FUZZED_WAYS, runFuzz } from "./testing/fuzz-run.js";

const browser = await launchChromium();
const itInBrowser = browser ? it : it.skip;
afterAll(() => browser?.close());

itInBrowser.each(["ajax", "ws"] as const)(
  "shows a fresh render after each of 300 random transitions, and keeps focus, caret and composition (%s)",
  { timeout: 120_000 },
  async (way) => {
    const report = await runFuzz(browser, FUZZED_WAYS[way], { seed: 1, transitions: 300 });
    expect(report).toEqual({ transitions: 300, differences: [], errors: [] });
  },
);
