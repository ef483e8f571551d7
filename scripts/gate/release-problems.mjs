/** What stands in the way of a release. `changes` is what `git status --porcelain` prints. */
export function releaseProblems({ manifests, changes }) {
  const versions = new Set(manifests.map(({ version }) => version));
  return [
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
