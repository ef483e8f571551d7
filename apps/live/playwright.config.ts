import { defineConfig } from "@playwright/test";
import { findChromium } from "@repo/scripts/ensure-chromium";
import type { ModeOptions } from "./e2e/test";

const FLAGS = [
  "--no-sandbox", // Chromium refuses to run as root otherwise, and CI is root
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig<ModeOptions>({
  testDir: "e2e",
  workers: 1, // a server and a browser fill two cores
  timeout: 120_000,
  expect: { timeout: 20_000 },
  retries: process.env["CI"] === undefined ? 0 : 1, // a machine that others use too may starve a browser; what needs it is listed as flaky
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ["json", { outputFile: "node_modules/.reports/playwright.json" }]],
  use: { launchOptions: { executablePath: findChromium(), args: FLAGS } },
  projects: [
    { name: "forms", testDir: "e2e/examples", use: { mode: "forms", javaScriptEnabled: false } },
    { name: "ajax", testDir: "e2e/examples", use: { mode: "ajax" } },
    { name: "sse", testDir: "e2e/examples", use: { mode: "sse" } },
    { name: "ws", testDir: "e2e/examples", use: { mode: "ws" } },
    { name: "connections", testDir: "e2e/connections" },
  ],
});
