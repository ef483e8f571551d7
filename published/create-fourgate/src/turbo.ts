import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

interface Prompt {
  readonly type: "input";
  readonly name: string;
  readonly message: string;
  readonly when?: boolean;
}

/** What is used of plop, which `turbo gen` runs. */
interface Plop {
  getDestBasePath(): string;
  setGenerator(
    name: string,
    generator: {
      readonly description: string;
      readonly prompts: readonly Prompt[];
      readonly actions: readonly ((answers: Readonly<Record<string, unknown>>) => string)[];
    },
  ): void;
}

/**
 * The generator `core-package` for a turbo workspace: `turbo gen core-package --args realtime` does what `npm create fourgate`
 * does at its root. In turbo/generators/config.ts: `export { coreGenerators as default } from "create-fourgate/turbo";`
 */
export function coreGenerators(plop: Plop): void {
  plop.setGenerator("core-package", {
    description: "@repo/core-realtime over fourgate, and a first channel: --args realtime [dry-run]",
    prompts: [
      { type: "input", name: "name", message: "Which core package (realtime)?" },
      { type: "input", name: "mode", message: "mode", when: false }, // taken from --args, never asked for
    ],
    actions: [({ name, mode }) => create(plop.getDestBasePath(), String(name), mode === "dry-run")],
  });
}

function create(root: string, name: string, isDryRun: boolean): string {
  if (name !== "realtime") throw new Error(`There is no core package "${name}"; there is: realtime.`);
  const manifest = createRequire(join(root, "package.json")).resolve("create-fourgate/package.json"); // turbo bundles this file
  const args = [join(dirname(manifest), "dist/main.js"), ...(isDryRun ? ["--dry-run"] : [])];
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error("nothing was written; the reason is above");
  return `core-package ${name}`;
}
