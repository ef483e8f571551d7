/** What stands in the way of a release. `changes` is what `git status --porcelain` prints; `isPublishing`: the registry is to take it. */
export function releaseProblems({ manifests, changes, isPublishing = false }) {
  const unnamed = isPublishing ? manifests.filter(({ repository }) => repository === undefined) : [];
  const versions = new Set(manifests.map(({ version }) => version));
  return [
    ...unnamed.map(({ name }) => `${name} names no "repository", which its provenance is compared with.`),
    ...(changes.trim() === ""
      ? []
      : ["The working tree has changes: commit them, so that the tag names what is published."]),
    ...(versions.size === 1
      ? []
      : [`The packages have ${[...versions].join(", ")}: they are released under one version.`]),
    ...manifests
      .filter(({ version }) => version === "0.0.0")
      .map(({ name }) => `${name} has no version yet: pnpm changeset version.`),
  ];
}
