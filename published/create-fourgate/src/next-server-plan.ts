import type { ManifestAdditions } from "./manifest.js";
import type { PlannedFile } from "./project-plan.js";
import { templateFile } from "./template-file.js";

const SERVER_FILE = "dist/server.mjs"; // .mjs: the package.json of a Next app says nothing of modules
const BUILD = `esbuild server.ts --bundle --packages=external --platform=node --format=esm --outfile=${SERVER_FILE}`;

/** What a Next app gains by a server of its own, beside the poll. */
export const NEXT_SERVER: { readonly files: readonly PlannedFile[]; readonly additions: ManifestAdditions } = {
  files: [templateFile("next/server.ts", "server.ts")],
  additions: {
    scripts: {
      dev: `${BUILD} && node ${SERVER_FILE}`,
      build: `next build && ${BUILD}`,
      start: `NODE_ENV=production node ${SERVER_FILE}`,
    },
    replaced: [
      "next dev",
      "next dev --turbopack",
      "next dev --turbo",
      "next build",
      "next build --turbopack",
      "next start",
    ],
    dependencies: { ws: "^8.21.1" },
    devDependencies: { "@types/ws": "^8.18.0", esbuild: "^0.28.0" },
  },
};

/** The .gitignore of an app, with the folder of the built server; undefined where it has it, or there is none. */
export function ignoringServer(gitignore: string | undefined): PlannedFile | undefined {
  if (gitignore === undefined || /^\/?dist\/?$/m.test(gitignore)) return undefined;
  return { path: ".gitignore", text: `${gitignore.replace(/\n?$/, "\n")}\n# the built server.ts\n/dist/\n` };
}
