// Lays a workspace as `create-turbo` makes it: node lay-workspace.mjs <pnpm|npm> <folder>.
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FIXTURE = fileURLToPath(new URL("../fixtures/turbo-workspace", import.meta.url));
const MEMBERS = ["apps/web", "packages/ui", "packages/eslint-config", "packages/typescript-config"];

const [packageManager, folder] = process.argv.slice(2);
cpSync(FIXTURE, folder, { recursive: true });
addGenerator();
if (packageManager === "pnpm") appendFileSync(join(folder, "pnpm-workspace.yaml"), "allowBuilds:\n  esbuild: false\n"); // of @turbo/gen
if (packageManager === "npm") {
  rmSync(join(folder, "pnpm-workspace.yaml"));
  const root = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const manifest = { ...root, packageManager: "npm@11.0.0", workspaces: ["apps/*", "packages/*"] };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const member of MEMBERS) {
    const file = join(folder, member, "package.json");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"workspace:*"', '"*"'));
  }
}

/** What the README of create-fourgate says for `turbo gen core-package`. */
function addGenerator() {
  const root = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const devDependencies = { "@turbo/gen": "^2.9.0", "create-fourgate": "*", ...root.devDependencies };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ ...root, devDependencies }, undefined, 2)}\n`);
  mkdirSync(join(folder, "turbo/generators"), { recursive: true });
  const line = `export { coreGenerators as default } from "create-fourgate/turbo";\n`;
  writeFileSync(join(folder, "turbo/generators/config.ts"), line);
}
