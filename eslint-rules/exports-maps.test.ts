import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

// The half of no-realtime-handler-reexport that no syntax shows: a package.json that opens a handler to the world.
const packages = join(import.meta.dirname, "../packages");
const manifests = readdirSync(packages)
  .map((name) => join(packages, name, "package.json"))
  .filter((path) => existsSync(path));

/** The lines of an `exports` map that reach a handler, by its path or by a wildcard that takes everything. */
function openings(exports: unknown, key = ""): readonly string[] {
  const entries = exports !== null && typeof exports === "object" ? Object.entries(exports) : undefined;
  if (entries) return entries.flatMap(([name, value]) => openings(value, name.startsWith(".") ? name : key));
  const line = `${key} → ${String(exports)}`;
  return /realtime\/handlers|\/(src|dist)\/(realtime\/)?\*/.test(line) ? [line] : [];
}

it.each(manifests)("opens no handler in the exports of %s", (path) => {
  expect(openings(JSON.parse(readFileSync(path, "utf8")).exports)).toEqual([]);
});

it("sees a handler behind a condition, and a wildcard", () => {
  const exports = {
    ".": { "@repo/source": "./src/index.ts", default: "./dist/index.js" },
    "./on-order": { types: "./dist/realtime/handlers/on-order.handler.d.ts" },
    "./*": "./src/*",
    "./realtime/*": { default: "./dist/realtime/*.js" },
    "./ui/*": "./dist/ui/*.js",
  };
  expect(openings(exports)).toEqual([
    "./on-order → ./dist/realtime/handlers/on-order.handler.d.ts",
    "./* → ./src/*",
    "./realtime/* → ./dist/realtime/*.js",
  ]);
});

it("has packages to look at", () => {
  expect(manifests.length).toBeGreaterThan(0);
});
