import { livePageNames } from "./feature/live-page-names.js";
import { featureNames } from "./feature/names.js";
import type { GeneratorInput } from "./input.js";
import type { Change } from "./workspace/change.js";

/** What was written, and what is left to do. */
export function summary(changes: readonly Change[], input: GeneratorInput): string {
  if (changes.length === 0) return "Nothing to do: it is all there.\n";
  const lines = changes.map((change) => `${verbOf(change)}  ${change.path}`);
  const installs = changes.some(({ path }) => path.endsWith("package.json") || path === "pnpm-workspace.yaml");
  return [
    ...lines,
    ...(installs ? ["Dependencies changed: run `pnpm install`."] : []),
    ...(input.generator === "live" ? wiring(input) : []),
    "",
  ].join("\n");
}

function verbOf({ before, after }: Change): string {
  if (after === undefined) return "removed";
  return before === undefined ? "created" : "changed";
}

/** What an app does with a page. */
function wiring(request: { readonly feature: string; readonly page: string }): readonly string[] {
  const names = featureNames(request.feature);
  const { page, path } = livePageNames(names, request.page);
  return [
    `Serve ${path} from an app that depends on ${names.packageName}:`,
    `  import { ${page} } from "${names.packageName}";`,
    `  createLivePages({ pages: [${page}], … })`,
  ];
}
