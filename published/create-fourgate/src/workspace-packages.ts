import { FEATURE } from "./plan-project.js";
import type { PlannedFile, PlannedManifest } from "./project-plan.js";
import { templateFile, withoutEndings } from "./template-file.js";
import type { TurboWorkspace } from "./turbo-workspace.js";

/** One package below packages/: sources that need no build. */
export interface WorkspacePackage {
  readonly manifest: PlannedManifest;
  readonly files: readonly PlannedFile[];
}

interface PackageParts {
  readonly folder: string;
  /** For `turbo boundaries` and the lint rule `imports-go-down`. */
  readonly tag: "core" | "feature";
  readonly entries: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly files: readonly PlannedFile[];
  readonly hasTest: boolean;
}

/** `@repo/core-realtime`: the only package that gives the version of `fourgate` to others, which import it from here. */
export function corePackage(workspace: TurboWorkspace, version: string): WorkspacePackage {
  const names = ["index.ts", "server.ts", "testing.ts"];
  return packageOf(workspace, version, {
    folder: "packages/core-realtime",
    tag: "core",
    entries: { ".": "./src/index.ts", "./server": "./src/server.ts", "./testing": "./src/testing.ts" },
    dependencies: { fourgate: `^${version}` },
    files: names.map((name) => templateFile(`workspace/core/${name}`, `packages/core-realtime/src/${name}`)),
    hasTest: false,
  });
}

/** `@repo/polls`: a channel, its handler and its test. */
export function pollsPackage(workspace: TurboWorkspace, version: string): WorkspacePackage {
  return packageOf(workspace, version, {
    folder: "packages/polls",
    tag: "feature",
    entries: { ".": "./src/index.ts", "./server": "./src/server.ts" },
    dependencies: { "@repo/core-realtime": workspace.own, zod: "^4.0.0" },
    files: [
      ...FEATURE.map((name) => overCore(withoutEndings(templateFile(`feature/${name}`, `packages/polls/src/${name}`)))),
      templateFile("workspace/polls/index.ts", "packages/polls/src/index.ts"),
      templateFile("workspace/polls/server.ts", "packages/polls/src/server.ts"),
    ],
    hasTest: true,
  });
}

function overCore({ path, text }: PlannedFile): PlannedFile {
  return { path, text: text.replaceAll(/from "fourgate(\/[a-z]+)?"/g, 'from "@repo/core-realtime$1"') };
}

function packageOf(workspace: TurboWorkspace, version: string, parts: PackageParts): WorkspacePackage {
  const { folder, tag, entries, dependencies, files, hasTest } = parts;
  const { hasSharedLint, hasTags, own, eslint } = workspace;
  const turbo = { path: `${folder}/turbo.json`, text: `{ "extends": ["//"], "tags": ["${tag}"] }\n` };
  const lintTools = { "@repo/eslint-config": own, eslint, "eslint-plugin-realtime": `^${version}` };
  return {
    manifest: {
      path: `${folder}/package.json`,
      fresh: {
        name: folder.replace("packages/", "@repo/"),
        version: "0.0.0",
        private: true,
        type: "module",
        exports: entries,
      },
      additions: {
        scripts: {
          ...(hasSharedLint && { lint: "eslint --max-warnings 0" }),
          [workspace.typesTask]: "tsc --noEmit",
          ...(hasTest && { test: "vitest run" }),
        },
        dependencies,
        devDependencies: {
          "@types/node": "^22.0.0",
          typescript: workspace.typescript,
          ...(hasSharedLint && lintTools),
          ...(hasTest && { vitest: "^4.1.0" }),
        },
      },
    },
    files: [
      ...files,
      ...(hasTags ? [turbo] : []),
      templateFile("workspace/tsconfig.json", `${folder}/tsconfig.json`),
      ...(hasSharedLint ? [templateFile("workspace/eslint.config.js", `${folder}/eslint.config.js`)] : []),
    ],
  };
}
