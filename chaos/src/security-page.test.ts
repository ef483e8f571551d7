import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/security.md", root), "utf8");

const SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  [...page.matchAll(/`(\w\/)` = `([^`]+)`/g)].map(([, short = "", path = ""]) => [short, path]),
);

/** Every file that the page names, with the tests that it quotes from it. */
function named() {
  return [...page.matchAll(/`([^`\s]+\.(?:ts|mjs))`((?:(?:, | )“[^”]+”)+)/g)].map(([, file = "", quotes = ""]) => {
    const path = file.replace(/^\w\//, (short) => SHORT[short] ?? short);
    return { path, tests: [...quotes.matchAll(/“([^”]+)”/g)].map(([, test = ""]) => test.replaceAll("\\_", "_")) };
  });
}

it("finds every test that docs/security.md names", () => {
  const all = named();
  const missing = all.flatMap(({ path, tests }) => {
    const url = new URL(path, root);
    const text = existsSync(url) ? readFileSync(url, "utf8") : "";
    return tests.filter((test) => !text.includes(test)).map((test) => `${path}: ${test}`);
  });
  expect(missing).toEqual([]);
  expect(all.length).toBeGreaterThan(50);
});
