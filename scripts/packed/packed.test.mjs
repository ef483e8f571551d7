import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { importProblems } from "./import-problems.mjs";
import { installPacked } from "./install-packed.mjs";
import { manifestProblems } from "./manifest-problems.mjs";
import { sizeProblems } from "./size-problems.mjs";
import { typeProblems } from "./type-problems.mjs";

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "packed-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SOUND = { "dist/index.js": "export const one = 1;\n", "dist/index.d.ts": "export declare const one: 1;\n" };
const ENTRY = { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } };

/** A tarball with these files, as `pnpm pack` lays it out. */
function packedLibrary(files, { name = "@repo/sound", exports = ENTRY, ...more } = {}) {
  const manifest = { name, version: "1.0.0", type: "module", license: "MIT", exports, ...more };
  for (const [path, text] of Object.entries({ ...files, "package.json": JSON.stringify(manifest) })) {
    mkdirSync(dirname(join(folder, "package", path)), { recursive: true });
    writeFileSync(join(folder, "package", path), text);
  }
  const tarball = join(folder, `${name.replace("/", "-")}.tgz`);
  execFileSync("tar", ["-czf", tarball, "-C", folder, "package"]);
  rmSync(join(folder, "package"), { recursive: true });
  return { folder, manifest, tarball, bytes: readFileSync(tarball) };
}

it("finds nothing wrong with a sound library", async () => {
  const library = packedLibrary(SOUND);
  expect(await manifestProblems(library.bytes)).toEqual([]);
  expect(await typeProblems(library.bytes)).toEqual([]);
  installPacked([library], folder);
  expect(importProblems([library], folder)).toEqual([]);
});

it("finds an entry whose file was not packed", async () => {
  const { bytes } = packedLibrary({ "dist/index.d.ts": SOUND["dist/index.d.ts"] });
  expect(await manifestProblems(bytes)).toEqual([expect.stringContaining("dist/index.js but the file does not exist")]);
});

it("finds the condition for sources where it was packed", async () => {
  const exports = { ".": { "@repo/source": "./src/index.ts", ...ENTRY["."] } };
  const { bytes } = packedLibrary(SOUND, { exports });
  expect(await manifestProblems(bytes)).toEqual([expect.stringContaining("@repo/source was packed")]);
});

it("finds an entry without types, beside one that has them", async () => {
  const exports = { ...ENTRY, "./bare": { default: "./dist/bare.js" } };
  const { bytes } = packedLibrary({ ...SOUND, "dist/bare.js": "export const two = 2;\n" }, { exports });
  expect(await typeProblems(bytes)).toEqual(expect.arrayContaining([expect.stringMatching(/UntypedResolution.*bare/)]));
});

it("finds a library without any types", async () => {
  const { bytes } = packedLibrary({ "dist/index.js": SOUND["dist/index.js"] }, { exports: { ".": "./dist/index.js" } });
  expect(await typeProblems(bytes)).toEqual(["types: the tarball holds none"]);
});

it("finds an entry that throws when Node imports it, and one that exports nothing", () => {
  const exports = { ...ENTRY, "./throws": { default: "./dist/throws.js" }, "./empty": { default: "./dist/empty.js" } };
  const files = { ...SOUND, "dist/throws.js": "throw new Error('too early');\n", "dist/empty.js": "export {};\n" };
  const library = packedLibrary(files, { exports });
  installPacked([library], folder);
  expect(importProblems([library], folder)).toEqual([
    "@repo/sound/throws: too early",
    "@repo/sound/empty: exports nothing at run time",
  ]);
});

it("lets one packed library import another, and finds a dependency that is used without being declared", () => {
  const one = packedLibrary(SOUND);
  const files = { ...SOUND, "dist/index.js": "export { one } from '@repo/sound';\n" };
  const two = packedLibrary(files, { name: "@repo/two", dependencies: { "@repo/sound": "1.0.0" } });
  const undeclared = { ...SOUND, "dist/index.js": "export { ws } from 'ws';\n" };
  const three = packedLibrary(undeclared, { name: "@repo/three" });
  installPacked([one, two, three], folder);
  expect(importProblems([one, two, three], folder)).toEqual([
    expect.stringMatching(/^@repo\/three: Cannot find package 'ws'/),
  ]);
});

it("lets a packed library import the vendors that it declares", () => {
  const vendor = join(folder, "source/node_modules/vendor");
  mkdirSync(vendor, { recursive: true });
  writeFileSync(
    join(vendor, "package.json"),
    JSON.stringify({ name: "vendor", type: "module", exports: "./index.js" }),
  );
  writeFileSync(join(vendor, "index.js"), "export const vendor = 1;\n");
  const files = { ...SOUND, "dist/index.js": "export { vendor } from 'vendor';\n" };
  const library = packedLibrary(files, { dependencies: { vendor: "1.0.0" } });
  installPacked([{ ...library, folder: join(folder, "source") }], folder);
  expect(importProblems([library], folder)).toEqual([]);
});

it("finds an entry that takes more bytes in a browser than it may", async () => {
  const library = packedLibrary(SOUND);
  installPacked([library], folder);
  const code = 'export { one } from "@repo/sound";';
  expect(await sizeProblems(library.tarball, folder, { [code]: 1_000 })).toEqual([]);
  expect(await sizeProblems(library.tarball, folder, { [code]: 10 })).toEqual([
    expect.stringMatching(/^size: export \{ one \} from "@repo\/sound"; takes \d+ bytes, more than 10$/),
  ]);
});
