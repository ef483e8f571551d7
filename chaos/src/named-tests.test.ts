import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

/** Every file that a page names, with the tests that it quotes from it. */
function named(page: string) {
  const short: Readonly<Record<string, string>> = Object.fromEntries(
    [...page.matchAll(/`(\w\/)` = `([^`]+)`/g)].map(([, name = "", path = ""]) => [name, path]),
  );
  return [...page.matchAll(/`([^`\s]+\.(?:ts|tsx|mjs))`((?:(?:, | )“[^”]+”)+)/g)].map(([, file = "", quotes = ""]) => {
    const path = file.replace(/^\w\//, (name) => short[name] ?? name);
    return { path, tests: [...quotes.matchAll(/“([^”]+)”/g)].map(([, test = ""]) => test.replaceAll("\\_", "_")) };
  });
}

it.each([
  ["docs/security.md", 80],
  ["docs/claims.md", 20],
  ["docs/delivery.md", 60],
  ["docs/seed-000.md", 30],
  ["docs/seed-001.md", 50],
  ["docs/seed-003.md", 60],
])("finds every test that %s names", (page, least) => {
  const all = named(read(page));
  const missing = all.flatMap(({ path, tests }) => {
    const text = existsSync(new URL(path, root)) ? read(path) : "";
    return tests.filter((test) => !text.includes(test)).map((test) => `${path}: ${test}`);
  });
  expect(missing).toEqual([]);
  expect(all.length).toBeGreaterThan(least);
});

it.each([
  ["000", 55],
  ["001", 57],
  ["003", 85],
])("finds a row and its files for every requirement of seed %s", (seed, length) => {
  const page = read(`docs/seed-${seed}.md`);
  const rows = [...page.matchAll(/^\| (\d{3}-\d\d) /gm)].map(([, row]) => row);
  expect(rows).toEqual(Array.from({ length }, (_, index) => `${seed}-${String(index + 1).padStart(2, "0")}`));
  const files = [...page.matchAll(/`((?:packages|apps|docs)\/[^`\s]+)`/g)].map(([, file = ""]) => file);
  expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});

it("finds a row of tests for every promise of docs/delivery.md", () => {
  const page = read("docs/delivery.md");
  const promises = [...page.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, promise = ""]) => promise);
  const rows = new Set([...page.matchAll(/^\| (.+?) +\| `.+“/gm)].map(([, promise = ""]) => promise));
  expect(promises.filter((promise) => !rows.has(promise))).toEqual([]);
  expect(promises.length).toBeGreaterThan(25);
});
