import { chromium } from "@playwright/test";
import { installedChromium } from "@repo/core-testing";
import type { TestProject } from "vitest/node";

const FLAGS = [
  "--no-sandbox",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-sync",
];

declare module "vitest" {
  interface ProvidedContext {
    /** Where the run's browser takes connections; undefined where none starts. */
    readonly browserEndpoint: string | undefined;
  }
}

/** One browser for the test run: each page has a context of its own, and a launch for each test file would cost more than the tests. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const executablePath = installedChromium();
  try {
    const server = await chromium.launchServer({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: FLAGS,
    });
    project.provide("browserEndpoint", server.wsEndpoint());
    return () => server.close();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    console.warn(`These tests are skipped, because no Chromium starts: ${reason}`);
    project.provide("browserEndpoint", undefined);
    return undefined;
  }
}
