import type { Browser } from "@playwright/test";
import { seededRandom } from "@repo/core-testing";
import { openFuzzSite } from "./fuzz-site.js";
import { planTransitions, type FuzzDifference, type MoveShares } from "./fuzz-plan.js";

const BATCH = 100; // transitions per call of the browser

/** What shows the page, and how its changes arrive. */
export interface FuzzedWay {
  readonly client: string;
  readonly query: string;
  readonly shares: MoveShares;
}

/** A client sends at most 18 messages a second over a connection: there most changes are pushes. */
export const FUZZED_WAYS = {
  ajax: { client: "fuzz-live-client.ts", query: "?ajax&old", shares: { jump: 0.15, refresh: 0.05 } },
  ws: { client: "fuzz-live-client.ts", query: "", shares: { jump: 0.05, refresh: 0.02, push: 0.88 } },
  "htmx-4": { client: "fuzz-htmx-4-client.ts", query: "", shares: { jump: 0.04 } },
  "htmx-2": { client: "fuzz-htmx-2-client.ts", query: "", shares: { jump: 0.04 } },
} as const satisfies Record<string, FuzzedWay>;

/** The outcome of a run. */
export interface FuzzReport {
  readonly transitions: number;
  /** Of the first transition that has any. */
  readonly differences: readonly FuzzDifference[];
  /** What the page's functions have thrown, and what the browser has reported. */
  readonly errors: readonly unknown[];
}

/** Brings a page through random states, and compares it with a fresh render after each. */
export async function runFuzz(
  browser: Browser | undefined,
  { client, query, shares }: FuzzedWay,
  { seed, transitions }: { readonly seed: number; readonly transitions: number },
): Promise<FuzzReport> {
  if (!browser) throw new TypeError("A run needs a browser: launch one.");
  const site = await openFuzzSite(seed, client);
  const page = await browser.newPage();
  const errors: unknown[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const random = seededRandom(seed);
  let done = 0;
  let differences: readonly FuzzDifference[] = [];
  try {
    await page.goto(`${site.origin}/fuzz/0${query}`);
    await page.waitForFunction(() => window.fuzz !== undefined);
    while (done < transitions && differences.length === 0) {
      const plan = planTransitions(random, Math.min(BATCH, transitions - done), shares);
      differences = (await page.evaluate((batch) => window.fuzz?.run(batch), plan)) ?? [];
      done += plan.length;
    }
  } finally {
    await page.close();
    await site.close();
  }
  return { transitions: done, differences, errors: [...site.errors, ...errors] };
}
