import { defineConfig } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";

const FLAGS = [
  "--no-sandbox", // Chromium refuses to run as root otherwise, and CI is root
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  workers: 1, // a server and a browser fill two cores
  timeout: 120_000, // a page compiles on its first visit in development, on a busy machine too
  expect: { timeout: 20_000 },
  retries: process.env["CI"] === undefined ? 0 : 1, // a machine that others use too may starve a browser; what needs it is listed as flaky
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ["json", { outputFile: "node_modules/.reports/playwright.json" }]],
  use: { launchOptions: { executablePath: findChromium(), args: FLAGS } },
  projects: [
    { name: "build", testMatch: "build.setup.ts" },
    { name: "production", testMatch: "{production,both,board}/*.spec.ts", dependencies: ["build"] },
    { name: "development", testMatch: "{development,both}/*.spec.ts" },
  ],
});
