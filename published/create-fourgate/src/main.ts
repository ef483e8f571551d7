#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { applyPlan } from "./apply-plan.js";
import { detectHost } from "./detect-host.js";
import { HOSTS } from "./host.js";
import { nextSteps, workspaceSteps } from "./next-steps.js";
import { HELP, parseCommand, type Command } from "./parse-command.js";
import { planProject } from "./plan-project.js";
import { planWorkspace } from "./plan-workspace.js";
import { ProjectFolder } from "./project-folder.js";
import type { ProjectPlan } from "./project-plan.js";
import { isTurboWorkspace } from "./turbo-workspace.js";

try {
  const command = parseCommand(process.argv.slice(2));
  const folder = new ProjectFolder(resolve(command.folder));
  if (command.isHelp) console.log(HELP);
  else if (isTurboWorkspace(folder)) createInWorkspace(folder, command);
  else createInApp(folder, command);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function createInWorkspace(folder: ProjectFolder, command: Command): void {
  if (command.host !== undefined)
    throw new Error(
      `This is the root of a turbo workspace: --host is for an app. Run it without --host, or in the app's folder.`,
    );
  const plan = planWorkspace(folder, ownVersion());
  write("Turbo workspace", plan, command);
  console.log(`\n${workspaceSteps(command.folder, plan)}`);
}

function createInApp(folder: ProjectFolder, command: Command): void {
  const manifest = folder.manifest();
  const isNew = manifest === undefined;
  const host = command.host ?? detectHost(manifest ?? {});
  if (host === "next" && isNew)
    throw new Error("No package.json is here. Make the app first (npx create-next-app), then run this in its folder.");
  const sourceFolder = folder.has("src/app") ? "src/" : "";
  write(HOSTS[host].title, planProject({ host, isNew, sourceFolder, version: ownVersion() }), command);
  console.log(`\n${nextSteps({ folder: command.folder, host, isNew })}`);
}

function write(title: string, plan: ProjectPlan, { folder, isDryRun }: Command): void {
  const { written, unchanged } = applyPlan(resolve(folder), plan, { isDryRun });
  console.log(
    `${title}: ${isDryRun ? "would write" : "wrote"} ${written.length} files, ${unchanged.length} unchanged.`,
  );
  for (const path of written) console.log(`  ${path}`);
}

/** The packages are released together, under one version. */
function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
