// `@repo/source` lets this workspace read sources without a build; a packed package has no sources, so it leaves the condition behind, with what only the build needs.
const SOURCE_CONDITION = "@repo/source";

export const hooks = {
  beforePacking(manifest) {
    for (const target of Object.values(manifest.exports ?? {})) delete target[SOURCE_CONDITION];
    delete manifest.devDependencies;
    delete manifest.scripts;
    return manifest;
  },
};
