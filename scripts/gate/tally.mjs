// Counts tests from the reports that every vitest and Playwright run leaves behind.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./workspace.mjs";

const REPORTS = { test: "vitest.json", "test:e2e": "playwright.json" };

/** Takes the last run's reports away, so that a run that writes none is noticed. */
export function clearReports(packages) {
  for (const { folder } of packages) rmSync(join(folder, "node_modules/.reports"), { recursive: true, force: true });
}

/** How many tests passed and failed, which were skipped, and which runs left no report. */
export function tally(packages) {
  const total = { passed: 0, failed: 0, skipped: 0, missing: [] };
  for (const { folder, manifest } of packages) {
    for (const task of Object.keys(REPORTS).filter((name) => manifest.scripts?.[name])) {
      const file = join(folder, "node_modules/.reports", REPORTS[task]);
      if (!existsSync(file)) {
        total.missing.push(`${relative(root, folder)} (${task})`);
        continue;
      }
      const report = JSON.parse(readFileSync(file, "utf8"));
      const counted = report.stats ? playwrightCounts(report) : vitestCounts(report);
      for (const key of ["passed", "failed", "skipped"]) total[key] += counted[key];
    }
  }
  return total;
}

function playwrightCounts({ stats, errors = [] }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

/** A file that fails outside its tests (an import, a hook) counts as one failure. */
function vitestCounts({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some(hasFailed),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests };
}

function hasFailed({ status }) {
  return status === "failed";
}
