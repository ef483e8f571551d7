/** What runs the app that the files are written for. */
export type HostName = "node" | "express" | "fastify" | "hono" | "bun" | "deno" | "vite-react" | "next";

/** What one host needs beside the files that all share. */
export interface Host {
  /** What a person calls it. */
  readonly title: string;
  /** The folders below templates/, and where each file goes: a folder of the project. */
  readonly templates: readonly (readonly [template: string, target: string])[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  /** What tells, in a package.json that exists already, that the app runs on this host. */
  readonly knownBy: readonly string[];
}

const FEATURE = ["feature", "src/realtime"] as const;
const PAGE = [
  ["page/client.ts", "src/client.ts"],
  ["page/index.html", "public/index.html"],
  ["page/poll.css", "public/poll.css"],
  ["project/tsconfig.json", "tsconfig.json"],
  ["project/dev.mjs", "dev.mjs"],
] as const;

const TOOLS = {
  "@types/node": "^22.0.0",
  "@types/ws": "^8.18.0",
  esbuild: "^0.28.0",
  tsx: "^4.23.0",
  typescript: "^7.0.0",
  vitest: "^4.1.0",
};
const CLIENT = "esbuild src/client.ts --bundle --format=esm --outfile=public/client.js";
const SERVER =
  "esbuild src/server.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/server.js";
const SCRIPTS = {
  dev: "node dev.mjs tsx watch src/server.ts",
  build: `${CLIENT} && ${SERVER}`,
  start: "node dist/server.js",
  types: "tsc",
  test: "vitest run src/", // a bare `vitest run` takes the *.spec.ts of Playwright and Cypress too
};
const REACT = { react: "^19.2.0", "react-dom": "^19.2.0" };
const REACT_TYPES = { "@types/react": "^19.2.0", "@types/react-dom": "^19.2.0" };

const node: Host = {
  title: "Node's own HTTP server",
  templates: [FEATURE, ["node/server.ts", "src/server.ts"], ...PAGE],
  dependencies: { sirv: "^3.0.2" },
  devDependencies: TOOLS,
  scripts: SCRIPTS,
  knownBy: [],
};

/** Every host that can be chosen; the first that a package.json shows is taken, else Node. */
export const HOSTS: Readonly<Record<HostName, Host>> = {
  next: {
    title: "Next.js",
    templates: [],
    dependencies: {},
    devDependencies: {},
    scripts: {},
    knownBy: ["next"],
  },
  "vite-react": {
    title: "Vite and React, beside Node's own HTTP server",
    templates: [
      FEATURE,
      ["react/poll.tsx", "src/realtime/poll.tsx"],
      ["vite-react/main.tsx", "src/main.tsx"],
      ["vite-react/index.html", "index.html"],
      ["vite-react/vite.config.ts", "vite.config.ts"],
      ["vite-react/tsconfig.json", "tsconfig.json"],
      ["page/poll.css", "src/poll.css"],
      ["node/server.ts", "src/server.ts"],
    ],
    dependencies: { ...node.dependencies, ...REACT },
    devDependencies: { ...TOOLS, ...REACT_TYPES, "@vitejs/plugin-react": "^6.0.0", vite: "^8.0.0" },
    scripts: { ...SCRIPTS, dev: "vite", server: "tsx watch src/server.ts", build: `vite build && ${SERVER}` },
    knownBy: ["@vitejs/plugin-react"],
  },
  express: {
    ...node,
    title: "Express 5",
    templates: [FEATURE, ["express/server.ts", "src/server.ts"], ...PAGE],
    dependencies: { express: "^5.2.0" },
    devDependencies: { ...TOOLS, "@types/express": "^5.0.6" },
    knownBy: ["express"],
  },
  fastify: {
    ...node,
    title: "Fastify 5",
    templates: [FEATURE, ["fastify/server.ts", "src/server.ts"], ...PAGE],
    dependencies: { "@fastify/static": "^10.0.0", fastify: "^5.10.0" },
    knownBy: ["fastify"],
  },
  hono: {
    ...node,
    title: "Hono on Node",
    templates: [FEATURE, ["hono/server.ts", "src/server.ts"], ...PAGE],
    dependencies: { "@hono/node-server": "^2.1.0", hono: "^4.13.0" },
    knownBy: ["hono"],
  },
  bun: {
    ...node,
    title: "Bun",
    scripts: {
      ...SCRIPTS,
      dev: "bun dev.mjs bun --watch src/server.ts",
      build: CLIENT,
      start: "bun src/server.ts",
    },
    knownBy: ["@types/bun", "bun-types"],
  },
  deno: {
    ...node,
    title: "Deno",
    scripts: {
      ...SCRIPTS,
      dev: "deno run --allow-all dev.mjs deno run --allow-all --watch src/server.ts",
      build: `${CLIENT} && ${SERVER}`,
      start: "deno run --allow-net --allow-env --allow-read --allow-sys dist/server.js",
    },
    knownBy: [],
  },
  node,
};
