import { expect, it } from "vitest";
import { anchorFaults } from "./feature/anchor-faults.js";
import { ANCHORS } from "./feature/anchors.js";
import { appsOf } from "./feature/app-files.js";
import { featuresOf } from "./feature/features.js";
import { fileOf, generated, ORDERS } from "./testing/generated.js";
import { REPOSITORY } from "./testing/temporary-workspace.js";
import { DiskTree } from "./workspace/disk-tree.js";
import { MemoryTree } from "./workspace/memory-tree.js";

it("finds every anchor once in every feature and app of this repository", () => {
  const repository = new DiskTree(REPOSITORY);
  expect(featuresOf(repository)).toEqual(expect.arrayContaining(["notifications", "ping"]));
  const demo = appsOf(repository).find(({ folder }) => folder === "apps/web-next");
  expect([demo?.features?.path, demo?.channels?.path]).toEqual([
    "apps/web-next/src/server/features.ts",
    "apps/web-next/src/live/app-channels.ts",
  ]);
  expect(anchorFaults(repository)).toEqual([]);
});

it.each(Object.values(ANCHORS))("notices a lost, a doubled and a misplaced $line in $file", async ({ file, line }) => {
  const path = `packages/orders/${file}`;
  const files = await generated([ORDERS]);
  const text = fileOf(files, path);
  const faultsOf = (broken: string) => anchorFaults(new MemoryTree({ ...files, [path]: broken }));
  expect(faultsOf(text)).toEqual([]);
  expect(faultsOf(text.replace(line, ""))).toEqual([expect.stringContaining(`${path} has lost its anchor`)]);
  expect(faultsOf(`${text}${line}\n`)).toEqual([expect.stringContaining(`${path} has the same anchor on lines`)]);
  expect(faultsOf(`${text.replace(line, "")}export const x = () => {\n${line}\n};\n`)).toEqual([
    expect.stringContaining(`${path} has its anchor in the wrong place`),
  ]);
});
