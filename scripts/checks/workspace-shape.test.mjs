import { expect, it } from "vitest";
import { shapeProblems } from "./workspace-shape.mjs";

const entry = { "@repo/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" };
const manifest = {
  name: "@repo/sound",
  license: "MIT",
  private: true,
  type: "module",
  sideEffects: false,
  exports: { ".": entry, "./style.css": "./style.css" },
  scripts: { build: "tsup", types: "tsc", test: "vitest run" },
  dependencies: { "@repo/other": "workspace:*", zod: "catalog:" },
};
const sound = { place: "packages/sound", manifest, turbo: { tags: ["core"] }, hasReadme: true };
const withManifest = (change) => ({ ...sound, manifest: { ...manifest, ...change } });

it("passes a sound library", () => {
  expect(shapeProblems(sound)).toEqual([]);
});

it.each([
  ["a missing README", { ...sound, hasReadme: false }, "README.md is missing"],
  ["a missing turbo.json", { ...sound, turbo: undefined }, "turbo.json needs one tag"],
  ["an unknown tag", { ...sound, turbo: { tags: ["misc"] } }, "turbo.json needs one tag"],
  ["a second tag", { ...sound, turbo: { tags: ["core", "tool"] } }, "turbo.json needs one tag"],
  ["a public package", withManifest({ private: false }), `"private": true`],
  ["CommonJS", withManifest({ type: "commonjs" }), `"type": "module"`],
  ["another licence", withManifest({ license: "ISC" }), `"license": "MIT"`],
  ["a version of its own", withManifest({ dependencies: { zod: "^4.0.0" } }), `zod must be "catalog:"`],
  ["one of ours from the registry", withManifest({ devDependencies: { "@repo/other": "catalog:" } }), `"workspace:*"`],
  ["a name outside the scope", withManifest({ name: "sound" }), `"@repo/"`],
  ["unknown side effects", withManifest({ sideEffects: undefined }), `"sideEffects"`],
  ["another test runner", withManifest({ scripts: { ...manifest.scripts, test: "vitest" } }), `"test" must be`],
  [
    "types that are not checked",
    withManifest({ scripts: { ...manifest.scripts, types: undefined } }),
    `the script "types"`,
  ],
  [
    "conditions in the wrong order",
    withManifest({
      exports: { ".": { types: entry.types, "@repo/source": "./src/index.ts", default: entry.default } },
    }),
    "in this order",
  ],
  ["an entry without types", withManifest({ exports: { ".": { default: entry.default } } }), "in this order"],
  ["no entry at all", withManifest({ exports: undefined }), "in this order"],
])("finds %s", (_what, member, problem) => {
  expect(shapeProblems(member)[0]).toContain(problem);
  expect(shapeProblems(member)[0]).toMatch(/^packages\/sound: /);
});

it("requires less of an app, but a test in a browser of one that has pages", () => {
  const app = {
    place: "apps/web",
    manifest: { private: true, type: "module", license: "MIT", dependencies: { next: "catalog:" } },
    turbo: { tags: ["app"] },
  };
  expect(shapeProblems(app)).toEqual([expect.stringContaining(`apps/web: "test:e2e" is missing`)]);
  const tested = { ...app, manifest: { ...app.manifest, scripts: { "test:e2e": "playwright test" } } };
  expect(shapeProblems(tested)).toEqual([]);
  expect(shapeProblems({ ...app, manifest: { ...app.manifest, dependencies: {} } })).toEqual([]);
});
