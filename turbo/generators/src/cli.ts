import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { resolveConfig } from "prettier";
import { listing } from "./feature/listing.js";
import { parseArguments } from "./parse-arguments.js";
import { plan } from "./plan.js";
import { Refusal } from "./refusal.js";
import { summary } from "./summary.js";
import { gitHistory } from "./workspace/git-history.js";
import { DiskTree } from "./workspace/disk-tree.js";
import { showDiff } from "./workspace/show-diff.js";
import { writeChanges } from "./workspace/write-changes.js";

const HOME = fileURLToPath(new URL("../../..", import.meta.url)); // the workspace that these generators live in

async function run(args: readonly string[]): Promise<void> {
  const command = parseArguments(args);
  const { root: folder = process.cwd(), from = HOME } = command;
  if ("help" in command) return void process.stdout.write(command.help);
  const root = workspaceRoot(resolve(folder));
  if ("list" in command) return void process.stdout.write(listing(new DiskTree(root), command.list.feature));
  const { input, isDryRun } = command;
  const style = (await resolveConfig(join(root, "packages/any/src/index.ts"), { editorconfig: true })) ?? {};
  const remarks: string[] = [];
  const changes = await plan(new DiskTree(root), input, {
    donor: new DiskTree(resolve(from)),
    history: gitHistory(resolve(from)),
    style,
    onRemark: (remark) => remarks.push(remark),
  });
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  if (isDryRun) return void process.stdout.write(showDiff(changes));
  await writeChanges(root, changes);
  process.stdout.write(summary(changes, input));
}

/** The folder of pnpm-workspace.yaml, or of a package.json with workspaces, here or above. */
function workspaceRoot(folder: string): string {
  if (existsSync(join(folder, "pnpm-workspace.yaml")) || hasWorkspaces(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Refusal("There is no pnpm-workspace.yaml here or above: run this in a workspace.");
  return workspaceRoot(parent);
}

function hasWorkspaces(manifest: string): boolean {
  return existsSync(manifest) && /"workspaces"\s*:/.test(readFileSync(manifest, "utf8"));
}

await run(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Refusal ? error.message : inspect(error)}\n`);
});
