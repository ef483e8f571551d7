import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { clearReports, tally } from "./tally.mjs";

let base;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "tally-"));
});
afterEach(() => rmSync(base, { recursive: true }));

function member(name, reports, tasks = ["test"]) {
  const folder = join(base, name);
  mkdirSync(join(folder, "node_modules/.reports"), { recursive: true });
  for (const [file, report] of Object.entries(reports)) {
    writeFileSync(join(folder, "node_modules/.reports", file), JSON.stringify(report));
  }
  return { folder, manifest: { name, scripts: Object.fromEntries(tasks.map((task) => [task, "…"])) } };
}

const file = (...statuses) => ({
  status: statuses.includes("failed") ? "failed" : "passed",
  assertionResults: statuses.map((status) => ({ status })),
});
const vitest = (passed, failed, ...testResults) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults,
});

it("adds up vitest's and Playwright's reports", () => {
  const unit = member("unit", { "vitest.json": vitest(2, 1, file("passed", "passed"), file("failed")) });
  const playwright = { stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 3 } };
  const app = member("app", { "vitest.json": vitest(1, 0), "playwright.json": playwright }, ["test", "test:e2e"]);
  expect(tally([unit, app])).toEqual({ passed: 8, failed: 3, skipped: 7, missing: [] });
});

it("counts a file that fails outside its tests", () => {
  const broken = { status: "failed", assertionResults: [] };
  expect(tally([member("unit", { "vitest.json": vitest(1, 0, file("passed"), broken) })])).toMatchObject({
    passed: 1,
    failed: 1,
  });
});

it("counts what Playwright could not even start", () => {
  const report = { stats: { expected: 0, flaky: 0, unexpected: 0, skipped: 0 }, errors: [{ message: "no browser" }] };
  expect(tally([member("app", { "playwright.json": report }, ["test:e2e"])])).toMatchObject({ failed: 1 });
});

it("names a run that left no report, and requires none of a member without tests", () => {
  const silent = member("silent", {}, ["test", "test:e2e"]);
  const untested = member("untested", {}, ["build"]);
  const { missing } = tally([silent, untested]);
  expect(missing).toEqual([expect.stringContaining("silent (test)"), expect.stringContaining("silent (test:e2e)")]);
});

it("takes the reports of an earlier run away", () => {
  const unit = member("unit", { "vitest.json": vitest(1, 0) });
  expect(tally([unit]).missing).toEqual([]);
  clearReports([unit]);
  expect(tally([unit]).missing).toHaveLength(1);
});
