import { expect, it } from "vitest";
import { temporaryFolder } from "./testing/temporary-folder.js";
import { coreGenerators } from "./turbo.js";

type Action = (answers: Readonly<Record<string, unknown>>) => string;

/** A workspace whose create-fourgate writes down how it was called, and the action that turbo runs there. */
function workspace(exitCode = 0) {
  const folder = temporaryFolder({
    "package.json": "{}",
    "node_modules/create-fourgate/package.json": `{ "name": "create-fourgate", "type": "module" }`,
    "node_modules/create-fourgate/dist/main.js": `import { writeFileSync } from "node:fs";
writeFileSync("called", JSON.stringify({ cwd: process.cwd(), args: process.argv.slice(2) }));
process.exitCode = ${exitCode};\n`,
  });
  const actions: Record<string, Action | undefined> = {};
  coreGenerators({
    getDestBasePath: () => folder.path,
    setGenerator: (name, generator) => void (actions[name] = generator.actions[0]),
  });
  const run = (answers: Readonly<Record<string, unknown>>) => actions["core-package"]?.(answers);
  return { folder, run, called: () => JSON.parse(folder.read("called") ?? "null") };
}

it("runs the create-fourgate of the workspace at its root", () => {
  const { folder, run, called } = workspace();
  expect(run({ name: "realtime" })).toBe("core-package realtime");
  expect(called()).toEqual({ cwd: folder.path, args: [] });
});

it("passes a dry run on", () => {
  const { run, called } = workspace();
  run({ name: "realtime", mode: "dry-run" });
  expect(called()).toMatchObject({ args: ["--dry-run"] });
});

it("fails where nothing was written, and refuses another core package", () => {
  const { run, called } = workspace(1);
  expect(() => run({ name: "events" })).toThrow('There is no core package "events"; there is: realtime.');
  expect(called()).toBeNull();
  expect(() => run({ name: "realtime" })).toThrow("nothing was written; the reason is above");
});
