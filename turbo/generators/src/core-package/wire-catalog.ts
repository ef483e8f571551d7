import { readJson } from "../code/json-source.js";
import { WorkspaceYaml } from "../code/workspace-yaml.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { ROOT_TOOLS } from "./wire-json.js";
import type { WorkspacePackage } from "./workspace-packages.js";

const PATH = "pnpm-workspace.yaml";
const GLOBS = ["packages/*", "eslint-rules", "published/create-fourgate", "turbo/generators"];

/** Makes the workspace's folders members, and gives its catalog the versions that the copied packages ask for. */
export function wireCatalog(tree: Tree, donor: Tree, packages: readonly WorkspacePackage[]): Change {
  const [before, offered] = [tree.read(PATH), donor.read(PATH)];
  if (before === undefined) throw new Refusal(`There is no ${PATH} here: run this at the root of a pnpm workspace.`);
  const theirs = new WorkspaceYaml(PATH, before);
  const ours = new WorkspaceYaml(PATH, offered ?? "");
  theirs.addItems("packages", GLOBS);
  if (!names(tree, "packageManager")) theirs.addSetting("pmOnFail", "ignore"); // the pin is for turbo: any pnpm may run here
  theirs.addEntries("allowBuilds", ours.entries("allowBuilds"));
  theirs.addEntries("overrides", ours.entries("overrides"));
  const overridden = Object.keys(ours.entries("overrides"));
  const asked = packages.flatMap(({ needs }) => Object.keys(needs).filter((name) => needs[name] === "catalog:"));
  const catalog = ours.entries("catalog");
  const wanted = [...new Set([...asked, ...overridden, ...ROOT_TOOLS])].sort().filter((name) => name in catalog);
  const versions = Object.fromEntries(wanted.map((name) => [name, catalog[name] ?? ""]));
  checkVersions(theirs.entries("catalog"), versions);
  theirs.addEntries("catalog", versions);
  return { path: PATH, before, after: theirs.text };
}

function names(tree: Tree, key: string): boolean {
  return key in readJson("package.json", tree.read("package.json") ?? "{}");
}

/** The workspace's own version is kept where it is of the same major; another major was never run with these packages. */
function checkVersions(theirs: Readonly<Record<string, string>>, ours: Readonly<Record<string, string>>): void {
  for (const [name, version] of Object.entries(ours)) {
    const present = theirs[name];
    if (present === undefined || majorOf(present) === majorOf(version)) continue;
    throw new Refusal(
      `The catalog has ${name} ${present}, and these packages need ${version}: bring it to that major first.`,
    );
  }
}

function majorOf(version: string): string {
  const last = version.split("@").at(-1) ?? ""; // npm:typescript@7.0.2
  return /\d+/.exec(last)?.[0] ?? last;
}
