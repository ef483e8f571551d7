import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { filterProblems } from "@arethetypeswrong/core/problems";

const ESM_ONLY = ["node16-esm", "bundler"]; // the ways in that an ESM-only package owes types to

/** What are-the-types-wrong reports of a tarball: an entry without types, types that lie about the module … */
export async function typeProblems(bytes) {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!analysis.types) return ["types: the tarball holds none"];
  const found = new Set(ESM_ONLY.flatMap((resolutionKind) => filterProblems(analysis, { resolutionKind })));
  return [...found].map(({ kind, ...where }) => `types: ${kind} ${JSON.stringify(where)}`);
}
