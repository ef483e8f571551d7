import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import { filesBelow, type Tree } from "../workspace/tree.js";
import { wireCatalog } from "./wire-catalog.js";
import { wireEslint } from "./wire-eslint.js";
import { wireJson } from "./wire-json.js";
import { closure, packageIn, workspacePackages, type WorkspacePackage } from "./workspace-packages.js";

/** A set of packages that somebody wants. */
export interface CorePackageRequest {
  readonly name: string;
}

interface Options {
  /** The workspace whose packages are copied. */
  readonly donor: Tree;
  readonly style: Style;
}

const REALTIME = [
  "@repo/core-realtime",
  "@repo/core-events",
  "@repo/core-observability",
  "@repo/core-testing",
  "@repo/live-query",
  "@repo/live-ui",
  "@repo/live-ui-client",
  "@repo/realtime-bridge",
  "@repo/realtime-client",
  "@repo/realtime-presence",
  "@repo/realtime-react",
  "@repo/realtime-socket-io",
  "@repo/realtime-sse",
  "@repo/realtime-ws",
  "eslint-plugin-realtime",
  "@repo/generators",
];

/** What the packages take from the root. */
const ROOT_FILES = [".pnpmfile.mjs"];

const NOT_SOURCE: ReadonlySet<string> = new Set(["node_modules", "dist", "coverage", ".turbo", ".next", ".reports"]);

/** The realtime packages, and the wiring that they need, for a workspace that has none. */
export async function planCorePackage(
  tree: Tree,
  { name }: CorePackageRequest,
  { donor, style }: Options,
): Promise<readonly Change[]> {
  if (name !== "realtime") throw new Refusal(`There is no core package "${name}"; there is: realtime.`);
  const offered = workspacePackages(donor);
  const absent = REALTIME.filter((wanted) => !offered.has(wanted));
  if (absent.length > 0)
    throw new Refusal(
      `${absent.join(", ")} cannot be copied from there. Say where they are: --from <path of Fourgate>.`,
    );
  const wanted = closure(offered, REALTIME);
  return [
    ...wanted.flatMap((one) => copied(tree, donor, one)),
    wireCatalog(tree, donor, wanted),
    ...(await wireJson(tree, donor)),
    ...(await wireEslint(tree, style)),
    ...ROOT_FILES.flatMap((path) => copiedIfMissing(tree, donor, path)),
  ];
}

/** The files of one package; a package that is there already stays as it is. */
function copied(tree: Tree, donor: Tree, { name, folder }: WorkspacePackage): readonly Change[] {
  const present = packageIn(tree, folder);
  if (present?.name === name) return [];
  if (present || tree.list(folder).length > 0)
    throw new Refusal(`${folder} is there already and is not ${name}: move it aside and run this again.`);
  return filesBelow(donor, folder, NOT_SOURCE).flatMap((path) => copiedIfMissing(tree, donor, path));
}

function copiedIfMissing(tree: Tree, donor: Tree, path: string): readonly Change[] {
  const text = donor.read(path);
  if (text === undefined || path.endsWith(".tsbuildinfo") || tree.read(path) !== undefined) return [];
  return [{ path, before: undefined, after: text }];
}
