import { readFileSync } from "node:fs";
import { HOSTS, type HostName } from "./host.js";
import type { ManifestAdditions } from "./manifest.js";

const TEMPLATES = new URL("../templates/", import.meta.url);

/** One file that the project gains. */
export interface PlannedFile {
  /** Relative to the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** All that is to be written, before anything is. */
export interface ProjectPlan {
  readonly files: readonly PlannedFile[];
  readonly additions: ManifestAdditions;
}

/** What is known of the project. */
export interface ProjectRequest {
  readonly host: HostName;
  /** Whether there was no package.json: then the server, the page and the tools are written as well. */
  readonly isNew: boolean;
  /** Where a Next app keeps its code: `src/` or nothing. */
  readonly sourceFolder?: string;
  /** The version of `fourgate` that the project shall depend on. */
  readonly version: string;
}

const REALTIME = { zod: "^4.0.0" };
const SERVER = { ...REALTIME, ws: "^8.21.1" };
const TEST = { vitest: "^4.1.0" };

/** The files and the dependencies for a poll on this host. */
export function planProject(request: ProjectRequest): ProjectPlan {
  const fourgate = { fourgate: `^${request.version}` };
  if (request.host === "next")
    return {
      files: nextFiles(request.sourceFolder ?? ""),
      additions: { scripts: {}, dependencies: { ...fourgate, ...REALTIME }, devDependencies: TEST },
    };
  const { templates, dependencies, devDependencies, scripts } = HOSTS[request.host];
  const shared = templates.filter(([, target]) => request.isNew || target.startsWith("src/realtime"));
  return {
    files: [...shared.flatMap(filesOf), ...(request.isNew ? [file("project/gitignore", ".gitignore")] : [])],
    additions: request.isNew
      ? { scripts, dependencies: { ...fourgate, ...SERVER, ...dependencies }, devDependencies }
      : { scripts: {}, dependencies: { ...fourgate, ...SERVER }, devDependencies: TEST },
  };
}

const FEATURE = ["polls.channel.ts", "polls.handler.ts", "polls.test.ts"];

function filesOf([template, target]: readonly [string, string]): readonly PlannedFile[] {
  if (template !== "feature") return [file(template, target)];
  return [...FEATURE, "realtime.ts"].map((name) => file(`feature/${name}`, `${target}/${name}`));
}

/** Next resolves imports without an ending, and needs none of the tools. */
function nextFiles(folder: string): readonly PlannedFile[] {
  const feature = FEATURE.map((name) => file(`feature/${name}`, `${folder}realtime/${name}`));
  return [
    ...feature.map(({ path, text }) => ({ path, text: text.replaceAll(/(from "\.[^"]*)\.js"/g, '$1"') })),
    file("next/realtime.ts", `${folder}realtime/realtime.ts`),
    file("react/poll.tsx", `${folder}realtime/poll.tsx`),
    file("next/route.ts", `${folder}app/realtime/route.ts`),
    file("next/page.tsx", `${folder}app/polls/page.tsx`),
    file("page/poll.css", `${folder}app/polls/poll.css`),
  ];
}

function file(template: string, path: string): PlannedFile {
  return { path, text: readFileSync(new URL(`${template}.template`, TEMPLATES), "utf8") };
}
