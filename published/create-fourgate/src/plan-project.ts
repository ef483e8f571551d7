import { HOSTS, type HostName } from "./host.js";
import type { ManifestAdditions } from "./manifest.js";
import { ignoringServer, NEXT_SERVER } from "./next-server-plan.js";
import type { PlannedFile, ProjectPlan } from "./project-plan.js";
import { testScript } from "./test-script.js";
import { templateFile, withoutEndings } from "./template-file.js";

/** What is known of the project. */
export interface ProjectRequest {
  readonly host: HostName;
  /** Whether there was no package.json: then the server, the page and the tools are written as well. */
  readonly isNew: boolean;
  /** Where a Next app keeps its code: `src/` or nothing. */
  readonly sourceFolder?: string;
  /** Whether a Next app gets a server of its own, for WebSockets. */
  readonly hasServer?: boolean;
  /** The text of its .gitignore. */
  readonly gitignore?: string | undefined;
  /** The version of `fourgate` that the project shall depend on. */
  readonly version: string;
}

type Dependencies = Readonly<Record<string, string>>;

const REALTIME = { zod: "^4.0.0" };
const SERVER = { ...REALTIME, ws: "^8.21.1" };
const TEST = { vitest: "^4.1.0" };

/** The files and the dependencies for a poll on this host. */
export function planProject(request: ProjectRequest): ProjectPlan {
  const fourgate = { fourgate: `^${request.version}` };
  if (request.host === "next") return planNext(request, { ...fourgate, ...REALTIME });
  const { templates, dependencies, devDependencies, scripts } = HOSTS[request.host];
  const shared = templates.filter(([, target]) => request.isNew || target.startsWith("src/realtime"));
  const ignored = request.isNew ? [templateFile("project/gitignore", ".gitignore")] : [];
  const files = [...shared.flatMap(filesOf), ...ignored];
  return planOf(
    files,
    request.isNew
      ? { scripts, dependencies: { ...fourgate, ...SERVER, ...dependencies }, devDependencies }
      : { ...testScript(testFileOf(files)), dependencies: { ...fourgate, ...SERVER }, devDependencies: TEST },
  );
}

function planNext(
  { sourceFolder = "", hasServer, gitignore }: ProjectRequest,
  dependencies: Dependencies,
): ProjectPlan {
  const files = nextFiles(sourceFolder);
  const test = testScript(testFileOf(files));
  if (!hasServer) return planOf(files, { ...test, dependencies, devDependencies: TEST });
  const { additions } = NEXT_SERVER;
  const plan = planOf([...files, ...NEXT_SERVER.files], {
    scripts: { ...test.scripts, ...additions.scripts },
    replaced: [...(test.replaced ?? []), ...(additions.replaced ?? [])],
    dependencies: { ...dependencies, ...additions.dependencies },
    devDependencies: { ...TEST, ...additions.devDependencies },
  });
  const ignored = ignoringServer(gitignore);
  return { ...plan, edits: ignored === undefined ? [] : [ignored] };
}

function planOf(files: readonly PlannedFile[], additions: ManifestAdditions): ProjectPlan {
  return {
    files,
    manifests: [{ path: "package.json", fresh: { private: true, type: "module" }, additions }],
    edits: [],
  };
}

/** The path of the poll's test among the files. */
export function testFileOf(files: readonly PlannedFile[]): string {
  return files.find(({ path }) => path.endsWith(".test.ts"))?.path ?? "";
}

/** The files of the channel, in every kind of project. */
export const FEATURE = ["polls.channel.ts", "polls.handler.ts", "polls.test.ts"];

function filesOf([template, target]: readonly [string, string]): readonly PlannedFile[] {
  if (template !== "feature") return [templateFile(template, target)];
  return [...FEATURE, "realtime.ts"].map((name) => templateFile(`feature/${name}`, `${target}/${name}`));
}

/** Next resolves imports without an ending, and needs none of the tools. */
function nextFiles(folder: string): readonly PlannedFile[] {
  return [
    ...FEATURE.map((name) => withoutEndings(templateFile(`feature/${name}`, `${folder}realtime/${name}`))),
    templateFile("next/realtime.ts", `${folder}realtime/realtime.ts`),
    templateFile("react/poll.tsx", `${folder}realtime/poll.tsx`),
    ...nextPageFiles(folder),
  ];
}

/** What a Next app serves: the route and the page, which import `realtime/` beside `app/`. */
export function nextPageFiles(folder: string): readonly PlannedFile[] {
  return [
    templateFile("next/route.ts", `${folder}app/realtime/route.ts`),
    templateFile("next/page.tsx", `${folder}app/polls/page.tsx`),
    templateFile("page/poll.css", `${folder}app/polls/poll.css`),
  ];
}
