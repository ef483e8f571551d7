import { BOUNDARIES, withBoundaries } from "./boundaries.js";
import { LINT_LINES, withRealtimeRules } from "./lint-config.js";
import { nextPageFiles } from "./plan-project.js";
import type { ProjectFiles } from "./project-folder.js";
import type { PlannedFile, PlannedManifest, ProjectPlan } from "./project-plan.js";
import { templateFile } from "./template-file.js";
import { TEST_TASK, withTestTask } from "./test-task.js";
import { readTurboWorkspace, type TurboWorkspace } from "./turbo-workspace.js";
import { corePackage, pollsPackage } from "./workspace-packages.js";

/** The plan for a workspace, and what it looks like. */
export interface WorkspacePlan extends ProjectPlan {
  readonly workspace: TurboWorkspace;
  /** What is left to be done by hand. */
  readonly remarks: readonly string[];
}

/**
 * The plan for the root of a turbo workspace: `@repo/core-realtime` over `fourgate`, the feature `@repo/polls`, and, if
 * apps/web is a Next app, its route, its page and its lint. Throws an Error where a package of another name is in the way.
 */
export function planWorkspace(folder: ProjectFiles, version: string): WorkspacePlan {
  const workspace = readTurboWorkspace(folder);
  const packages = [corePackage(workspace, version), pollsPackage(workspace, version)];
  for (const { manifest } of packages) refuseOther(folder, manifest);
  refuseSources(folder);
  const turbo = turboEdit(folder, workspace);
  const app = nextApp(folder, workspace, version);
  return {
    workspace,
    files: [...packages.flatMap(({ files }) => files), ...app.files],
    manifests: [...packages.map(({ manifest }) => manifest), ...app.manifests],
    edits: [...turbo.edits, ...app.edits],
    remarks: [...turbo.remarks, ...app.remarks],
  };
}

function turboEdit(folder: ProjectFiles, { turboFile, hasTags }: TurboWorkspace): Remaining {
  const withAll = (text: string) => {
    const tested = withTestTask(text);
    return hasTags && tested !== undefined ? withBoundaries(tested) : tested;
  };
  const turbo = edited(folder, turboFile, withAll);
  if (turbo !== undefined) return { edits: [turbo], remarks: [] };
  const boundaries = hasTags ? [`Add to ${turboFile}:\n${BOUNDARIES}`] : [];
  return { edits: [], remarks: [`Add to "tasks" in ${turboFile}:\n${TEST_TASK}`, ...boundaries] };
}

type Remaining = Pick<WorkspacePlan, "edits" | "remarks">;

function refuseOther(folder: ProjectFiles, { path, fresh }: PlannedManifest): void {
  const found = folder.manifest(path);
  if (found !== undefined && found.name !== fresh.name)
    throw new Error(
      `Nothing was written: ${path} is ${found.name ?? "without a name"}, not ${fresh.name}. Move it away.`,
    );
}

/** Another plan than this one has written @repo/core-realtime: the sources of Fourgate, or somebody's own package. */
function refuseSources(folder: ProjectFiles): void {
  const path = "packages/core-realtime/package.json";
  const { dependencies, devDependencies } = folder.manifest(path) ?? { dependencies: { fourgate: "" } };
  if (dependencies?.["fourgate"] === undefined && devDependencies?.["fourgate"] === undefined)
    throw new Error(
      `Nothing was written: ${path} does not depend on fourgate, so this is not the package that re-exports it. Add the dependency, or move the package away.`,
    );
}

type AppPlan = Omit<WorkspacePlan, "workspace">;

function nextApp(folder: ProjectFiles, { nextFolder, own, eslint }: TurboWorkspace, version: string): AppPlan {
  if (nextFolder === undefined) return { files: [], manifests: [], edits: [], remarks: [] };
  const file = ["js", "mjs"].map((ending) => `apps/web/eslint.config.${ending}`).find((path) => folder.has(path));
  const lint = file === undefined ? undefined : edited(folder, file, withRealtimeRules);
  const dependencies = { fourgate: `^${version}`, "@repo/core-realtime": own, "@repo/polls": own };
  const lints = { eslint, "eslint-plugin-realtime": `^${version}` };
  return {
    files: [
      templateFile("workspace/next-realtime.ts", `${nextFolder}realtime/realtime.ts`),
      pollComponent(`${nextFolder}realtime/poll.tsx`),
      ...nextPageFiles(nextFolder),
    ],
    manifests: [
      {
        path: "apps/web/package.json",
        fresh: {},
        additions: { scripts: {}, dependencies, devDependencies: lint === undefined ? {} : lints },
      },
    ],
    edits: lint === undefined ? [] : [lint],
    remarks:
      lint === undefined ? [`Add eslint-plugin-realtime to apps/web, and to its ESLint config:\n${LINT_LINES}`] : [],
  };
}

function pollComponent(path: string): PlannedFile {
  const { text } = templateFile("react/poll.tsx", path);
  return { path, text: text.replace('"./polls.channel"', '"@repo/polls"') };
}

function edited(
  folder: ProjectFiles,
  path: string,
  edit: (text: string) => string | undefined,
): PlannedFile | undefined {
  const text = edit(folder.read(path) ?? "");
  return text === undefined ? undefined : { path, text };
}
