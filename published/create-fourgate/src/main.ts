#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { applyPlan } from "./apply-plan.js";
import { detectHost } from "./detect-host.js";
import { HOSTS } from "./host.js";
import type { Manifest } from "./manifest.js";
import { nextSteps } from "./next-steps.js";
import { HELP, parseCommand, type Command } from "./parse-command.js";
import { planProject } from "./plan-project.js";

try {
  const command = parseCommand(process.argv.slice(2));
  if (command.isHelp) console.log(HELP);
  else create(command);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function create({ folder: asked, host: chosen, isDryRun }: Command): void {
  const folder = resolve(asked);
  const manifestFile = join(folder, "package.json");
  const isNew = !existsSync(manifestFile);
  const manifest = isNew ? {} : (JSON.parse(readFileSync(manifestFile, "utf8")) as Manifest);
  const host = chosen ?? detectHost(manifest);
  if (host === "next" && isNew)
    throw new Error("No package.json is here. Make the app first (npx create-next-app), then run this in its folder.");
  const sourceFolder = existsSync(join(folder, "src/app")) ? "src/" : "";
  const outcome = applyPlan(folder, planProject({ host, isNew, sourceFolder, version: ownVersion() }), { isDryRun });
  const verb = isDryRun ? "would write" : "wrote";
  console.log(`${HOSTS[host].title}: ${verb} ${outcome.written.length} files, ${outcome.unchanged.length} unchanged.`);
  for (const path of outcome.written) console.log(`  ${path}`);
  console.log(`\n${nextSteps({ folder: asked, host, isNew })}`);
}

/** The packages are released together, under one version. */
function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
