import { seededRandom } from "@repo/core-testing";
import { expect, it } from "vitest";
import { renderToString } from "../template/render-to-string.js";
import { FuzzPages } from "../testing/fuzz-pages.js";
import { PageTree } from "../testing/page-tree.js";
import { difference } from "./difference.js";

const STEPS = Number(process.env["FUZZ_STEPS"] ?? 150);

it.each([1, 2, 3, 4])("gives the operations that lead to a fresh render, from random states (seed %i)", (seed) => {
  const pages = new FuzzPages(seededRandom(seed));
  let before = pages.page();
  const tree = new PageTree(renderToString(before, { root: "p" }), "p");
  for (let step = 0; step < STEPS; step += 1) {
    pages.change();
    const after = pages.page();
    for (const operation of difference(before, after, "p")) tree.apply(operation);
    const fresh = new PageTree(renderToString(after, { root: "p" }), "p");
    expect(String(tree), `step ${step}`).toBe(String(fresh));
    before = after;
  }
});
