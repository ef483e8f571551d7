import { resolve } from "node:path";
import { applyPlan } from "./apply-plan.js";
import { detectHost } from "./detect-host.js";
import { HOSTS } from "./host.js";
import { nextSteps, workspaceSteps } from "./next-steps.js";
import type { Command } from "./parse-command.js";
import { planProject, testFileOf } from "./plan-project.js";
import { planWorkspace } from "./plan-workspace.js";
import { ProjectFolder } from "./project-folder.js";
import type { ProjectPlan } from "./project-plan.js";
import { testScriptRemark } from "./test-script.js";
import { isTurboWorkspace } from "./turbo-workspace.js";
import { versionRemarks } from "./version-remarks.js";

const WHOLE = "Nothing to do: the poll is here already.";

/**
 * What the command does, in an app or at the root of a turbo workspace; the result is the text to print. `version` is that
 * of `fourgate`. Throws an Error whose text says what is in the way; then nothing is written.
 */
export function createPoll(command: Command, version: string): string {
  const folder = new ProjectFolder(resolve(command.folder));
  return isTurboWorkspace(folder) ? inWorkspace(folder, command, version) : inApp(folder, command, version);
}

function inWorkspace(folder: ProjectFolder, command: Command, version: string): string {
  if (command.hasServer)
    throw new Error(
      `Nothing was written: this is the root of a turbo workspace, and --server is for an app. Run it without --server, or in the app's folder.`,
    );
  if (command.host !== undefined)
    throw new Error(
      `Nothing was written: this is the root of a turbo workspace, and --host is for an app. Run it without --host, or in the app's folder.`,
    );
  const plan = planWorkspace(folder, version);
  const { text } = write("Turbo workspace", plan, command);
  return `${text}\n\n${workspaceSteps(command.folder, plan)}`;
}

function inApp(folder: ProjectFolder, command: Command, version: string): string {
  const manifest = folder.manifest();
  const isNew = manifest === undefined;
  const host = command.host ?? detectHost(manifest ?? {});
  if (host === "next" && isNew)
    throw new Error("No package.json is here. Make the app first (npx create-next-app), then run this in its folder.");
  const { hasServer } = command;
  if (hasServer && host !== "next")
    throw new Error(
      `Nothing was written: --server custom is for a Next app; ${HOSTS[host].title} has its server anyway.`,
    );
  const sourceFolder = folder.has("src/app") ? "src/" : "";
  const plan = planProject({ host, isNew, sourceFolder, hasServer, gitignore: folder.read(".gitignore"), version });
  const remark = manifest && testScriptRemark(manifest, testFileOf(plan.files));
  const { text, isWhole } = write(HOSTS[host].title, plan, command);
  const next = isWhole ? WHOLE : nextSteps({ folder: command.folder, host, isNew, hasServer });
  const remarks = [remark ?? [], ...(manifest && !isWhole ? versionRemarks(manifest, host) : [])].flat();
  return [text, ...remarks, next].join("\n\n");
}

function write(title: string, plan: ProjectPlan, { folder, isDryRun }: Command): { text: string; isWhole: boolean } {
  const { written, unchanged } = applyPlan(resolve(folder), plan, { isDryRun });
  const verb = isDryRun ? "would write" : "wrote";
  const first = `${title}: ${verb} ${written.length} files, ${unchanged.length} unchanged.`;
  return { text: [first, ...written.map((path) => `  ${path}`)].join("\n"), isWhole: written.length === 0 };
}
