import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A workspace on disk, for rules that read manifests and tags. */
export interface TemporaryWorkspace {
  readonly root: string;
  remove(): void;
}

/** One package of it. */
export interface TemporaryPackage {
  readonly folder: string;
  readonly name: string;
  readonly tags?: readonly string[];
  readonly dependencies?: readonly string[];
}

/** Writes a pnpm workspace with these files beside it. */
export function temporaryWorkspace(files: Readonly<Record<string, string>>): TemporaryWorkspace {
  const root = mkdtempSync(join(tmpdir(), "eslint-rules-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The manifest of each package, its tags where it has some, and the list of the packages. */
export function packagesOf(packages: readonly TemporaryPackage[]): Readonly<Record<string, string>> {
  const lists = packages.map(({ folder }) => `  - ${folder}\n`);
  return {
    "pnpm-workspace.yaml": `packages:\n${lists.join("")}`,
    ...Object.fromEntries(packages.flatMap(filesOf)),
  };
}

function filesOf({ folder, name, tags, dependencies = [] }: TemporaryPackage): readonly [string, string][] {
  const versions = Object.fromEntries(dependencies.map((other) => [other, "*"]));
  const turbo = `// read as JSON with comments\n${JSON.stringify({ extends: ["//"], tags })}\n`;
  return [
    [`${folder}/package.json`, JSON.stringify({ name, dependencies: versions })],
    ...(tags === undefined ? [] : [[`${folder}/turbo.json`, turbo] as [string, string]]),
  ];
}
