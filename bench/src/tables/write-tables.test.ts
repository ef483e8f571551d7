import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "prettier";
import { expect, it } from "vitest";
import type { ColumnName } from "../contender-name.js";
import { SCENARIOS } from "../scenarios/scenarios.js";
import { goalsTable, resultsOf } from "./goals-table.js";
import { headlineOf } from "./headline.js";
import { tableOf } from "./table.js";
import { between, READMES, writeTables } from "./write-tables.js";

it("replaces what stands between the marks, and nothing else", () => {
  const text = "a\n<!-- tables -->\n\nold\n\n<!-- /tables -->\nz\n";
  expect(between(text, "tables", "$& new\n")).toBe("a\n<!-- tables -->\n\n$& new\n\n<!-- /tables -->\nz\n");
});

it("refuses a text that has no such marks", () => {
  expect(() => between("a", "tables", "new")).toThrow("There is no <!-- tables --> … <!-- /tables -->");
});

it("writes every table of a whole run into the bench's README, and the headline into the repository's", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const copy = (name: string) => pathToFileURL(join(folder, name));
  const files = { bench: copy("bench.md"), repository: copy("repository.md") };
  await copyFile(READMES.bench, files.bench);
  await copyFile(READMES.repository, files.repository);
  const values = new Map<ColumnName, number>([["ws", 10], ["Hand-written ws", 20], ["Fourgate ws", 5]]); // prettier-ignore
  const results = SCENARIOS.map((scenario) => ({
    scenario,
    rows: scenario.labels("full").map((label) => ({ label, values })),
  }));
  const tables = [
    goalsTable(results.flatMap(({ scenario, rows }) => resultsOf(scenario, rows))),
    ...results.map(({ scenario, rows }) => tableOf(scenario, rows)),
  ];
  try {
    await writeTables({ tables, headline: headlineOf(results), how: "with a test" }, files);
    const [bench, repository] = [await readFile(files.bench, "utf8"), await readFile(files.repository, "utf8")];
    for (const { title, labels } of SCENARIOS)
      for (const text of [`## ${title}`, ...labels("full")]) expect(bench).toContain(text);
    expect(repository).toContain("client to client, through every gate, **2×**");
    for (const text of [bench, repository])
      expect(await format(text, { parser: "markdown", printWidth: 120 })).toBe(text);
  } finally {
    await rm(folder, { recursive: true });
  }
});
