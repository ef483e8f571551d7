import { expect, it } from "vitest";
import { releaseProblems } from "./release-problems.mjs";

const two = (first, second) => [
  { name: "fourgate", version: first },
  { name: "create-fourgate", version: second },
];

it("releases packages of one version from a clean tree", () => {
  expect(releaseProblems({ manifests: two("0.1.0", "0.1.0"), changes: "" })).toEqual([]);
});

it.each([
  ["uncommitted changes", two("0.1.0", "0.1.0"), " M README.md\n", "The working tree has changes"],
  ["two versions", two("0.1.0", "0.2.0"), "", "The packages have 0.1.0, 0.2.0"],
  ["a package without a version", two("0.0.0", "0.0.0"), "", "fourgate has no version yet"],
])("refuses %s", (...[, manifests, changes, problem]) => {
  expect(releaseProblems({ manifests, changes })[0]).toContain(problem);
});

it("publishes nothing whose provenance could not be compared with a repository", () => {
  const manifests = two("0.1.0", "0.1.0");
  expect(releaseProblems({ manifests, changes: "", isPublishing: true })[0]).toContain(
    'fourgate names no "repository"',
  );
  const named = manifests.map((manifest) => ({ ...manifest, repository: "github:example/fourgate" }));
  expect(releaseProblems({ manifests: named, changes: "", isPublishing: true })).toEqual([]);
});
