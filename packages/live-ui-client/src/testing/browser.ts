import { chromium, type Browser } from "@playwright/test";
import { inject, it } from "vitest";

/** The browser of a test run; undefined where none starts. Global set-up closes it. */
export const browser: Browser | undefined = await connected();

/** A test that needs the browser. */
export const itInBrowser = browser ? it : it.skip;

async function connected(): Promise<Browser | undefined> {
  const endpoint = inject("browserEndpoint");
  return endpoint === undefined ? undefined : chromium.connect(endpoint);
}
