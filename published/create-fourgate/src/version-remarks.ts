import type { HostName } from "./host.js";
import type { Manifest } from "./manifest.js";

/** The lowest versions that the written files work with. */
const NEEDED: Readonly<Record<string, number>> = { zod: 4, ws: 8 };
const OF_HOST: Partial<Record<HostName, readonly [name: string, major: number]>> = {
  express: ["express", 5],
  fastify: ["fastify", 5],
  hono: ["hono", 4],
  next: ["next", 15],
};

/** What an app that exists has in an older version than the files need, one sentence each; versions of an app are never changed. */
export function versionRemarks(
  { dependencies = {}, devDependencies = {} }: Manifest,
  host: HostName,
): readonly string[] {
  const installed = { ...devDependencies, ...dependencies };
  const older = [...Object.entries(NEEDED), ...(OF_HOST[host] ? [OF_HOST[host]] : [])].flatMap(([name, needed]) => {
    const range = installed[name];
    const major = /^[\^~>=v\s]*(\d+)/.exec(range ?? "")?.[1]; // of "latest", "workspace:*" or a file it is unknown
    if (major === undefined || Number(major) >= needed) return [];
    return [`This app has ${name} ${range}, and the files need ${name} ${needed}: npm install ${name}@${needed}`];
  });
  if ("typescript" in installed || host === "bun" || host === "deno") return older;
  return [...older, "The files are TypeScript, and this app has no typescript: run them by tsx, or bundle them."];
}
