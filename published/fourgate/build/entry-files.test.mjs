import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { entryFiles, publicName } from "./entry-files.mjs";
import { builtModule, libraryOf } from "./library-modules.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${home}package.json`, "utf8"));
const entries = entryFiles(`${home}src`);

it("exports every entry file, and nothing else", () => {
  const exported = entries.map(({ file }) => publicName(file).replace("fourgate", "."));
  expect(Object.keys(manifest.exports).sort()).toEqual([...exported, "./package.json"].sort());
});

it.each(entries)("re-exports an entry of a library that its build depends on: $file", ({ specifier }) => {
  expect(builtModule(specifier)).toMatch(/^[a-z-]+\//);
  expect(manifest.devDependencies).toHaveProperty([libraryOf(specifier).manifest.name], "workspace:*");
});

it("has every entry of the libraries that it contains, but those that only this workspace can use", () => {
  const inside = new Set(entries.map(({ specifier }) => specifier));
  const names = new Set(entries.map(({ specifier }) => libraryOf(specifier).name));
  const missing = [...names].flatMap((name) =>
    Object.keys(libraryOf(`@repo/${name}`).manifest.exports)
      .map((entry) => `@repo/${name}${entry.slice(1)}`)
      .filter((specifier) => !inside.has(specifier)),
  );
  expect(missing.sort()).toEqual([
    "@repo/core-realtime/digest", // the parts that the browser's client shares with the core
    "@repo/core-realtime/frame-reader",
    "@repo/core-realtime/keyed-serial-queue",
    "@repo/realtime-postgres/testing", // needs the database servers of this workspace
  ]);
});

it("asks for every library of others that its files import, as a dependency or an optional peer", () => {
  const libraries = new Set(entries.map(({ specifier }) => libraryOf(specifier).manifest.name));
  const wanted = new Set(
    [...libraries].flatMap((name) => {
      const { dependencies, peerDependencies } = libraryOf(name).manifest;
      return Object.keys({ ...dependencies, ...peerDependencies }).filter((other) => !other.startsWith("@repo/"));
    }),
  );
  wanted.delete("socket.io-adapter"); // comes with socket.io, whose types name it
  const { dependencies, peerDependencies, peerDependenciesMeta } = manifest;
  expect(Object.keys({ ...dependencies, ...peerDependencies }).sort()).toEqual([...wanted].sort());
  for (const name of Object.keys(peerDependencies)) expect(peerDependenciesMeta[name]).toEqual({ optional: true });
});
