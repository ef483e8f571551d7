import { fileURLToPath } from "node:url";

/**
 * The rows of "Works with". `base` makes an app where `create-fourgate` shall find one; `steps` are run in the app's folder,
 * and a step with `prints` has to print that; `start` begins to listen at $PORT; `path` is the page with the poll. `files` are written and
 * `edits` made after `create`. `webSocketPath` is where the poll's WebSocket has to be open; `develop` starts the app in development, where a
 * changed handler and a changed page have to take effect without a restart. `overlay` is a folder of fixtures/ that is copied into the app;
 * `endToEnd` follows the guide's section on Playwright in the app; `hiddenPage` lists the events of a poll, and keeps listing them when one
 * comes back to it from another page.
 */
const NPM_STEPS = [
  ["npm", "install"],
  ["npm", "run", "types"],
  ["npm", "test"],
  ["npm", "run", "build"],
];

const plain = (name, title) => ({
  name,
  title,
  create: ["--host", name],
  steps: NPM_STEPS,
  start: ["npm", "start"],
  path: "/",
});

const NEXT_APP =
  "create-next-app@16 -- app --ts --app --empty --no-eslint --no-tailwind --no-src-dir --use-npm --skip-install --disable-git --yes";
const next = {
  base: [["npm", "exec", "--yes", ...NEXT_APP.split(" ")]],
  create: [], // the host is seen in package.json
  steps: [
    ["npm", "install"],
    ["npx", "vitest", "run"],
    ["npm", "run", "build"],
  ],
  start: ["npm", "start"],
  path: "/polls",
};

const LAY_WORKSPACE = fileURLToPath(new URL("./lay-workspace.mjs", import.meta.url));
/** Loose: the tasks' package manager needs the registry, which is in the environment here. */
const ALL_TASKS = ["npx", "turbo", "run", "build", "test", "lint", "check-types", "--env-mode=loose"];
/** Two copies would not know each other's errors; pnpm makes two where the optional peers of two packages differ. */
const ONE_COPY = `const of = (folder) => require.resolve("fourgate/package.json", { paths: [require("path").resolve(folder)] });
if (of("apps/web") !== of("packages/core-realtime")) throw new Error("There are two copies of fourgate.");`;
const turbo = (packageManager, start) => ({
  name: `turbo-${packageManager}`,
  title: `Turborepo and Next.js 16, ${packageManager}`,
  base: [
    [process.execPath, LAY_WORKSPACE, packageManager, "app"],
    ["git", "init", "--quiet", "app"], // as create-turbo does: turbo hashes what git does not ignore
  ],
  create: [],
  steps: [
    [packageManager, "install"],
    [process.execPath, "-e", ONE_COPY],
    ALL_TASKS,
    { command: ALL_TASKS, prints: "FULL TURBO" }, // nothing that a task writes is an input of another
    ["npx", "turbo", "boundaries"],
    { command: ["npm", "exec", "--yes", "create-fourgate@latest"], prints: "wrote 0 files" },
    { command: ["npx", "gen", "run", "core-package", "--args", "realtime"], prints: "wrote 0 files" }, // what turbo gen runs
  ],
  start,
  path: "/polls",
});

/** The same app below /app. */
const below = ({ isServer = false } = {}) => [
  { file: "realtime/poll.tsx", from: 'url: "/realtime"', to: 'url: "/app/realtime"' },
  ...(isServer
    ? [
        {
          file: "server.ts",
          from: "new WsRealtimeServer()]",
          to: 'new WsRealtimeServer({ path: "/app/realtime" })],\n  route: "/app/realtime"',
        },
      ]
    : []),
];
const COPY_STATIC = ["cp", "-r", ".next/static", ".next/standalone/.next/static"];
const customServer = {
  ...next,
  create: ["--server", "custom"],
  webSocketPath: "/realtime",
  develop: ["npm", "run", "dev"],
};

export const HOSTS = [
  turbo("pnpm", ["pnpm", "--filter", "web", "start"]),
  turbo("npm", ["npm", "start", "--workspace", "web"]),
  { ...next, name: "next", title: "Next.js 16, route handler" },
  {
    ...next,
    name: "next-standalone",
    title: "Next.js 16, standalone output and Cache Components",
    overlay: "hidden-page",
    hiddenPage: "/log",
    edits: [{ file: "realtime/polls.channel.ts", from: "size: 100", to: "size: 5" }], // more is a gap
    files: {
      "next.config.ts": `export default { output: "standalone", cacheComponents: true };\n`,
    },
    steps: [...next.steps, COPY_STATIC],
    start: ["node", ".next/standalone/server.js"],
  },
  {
    ...next,
    name: "next-base-path",
    title: "Next.js 16, standalone output below a base path",
    files: { "next.config.ts": `export default { output: "standalone", basePath: "/app" };\n` },
    edits: below(),
    steps: [...next.steps, COPY_STATIC],
    start: ["node", ".next/standalone/server.js"],
    path: "/app/polls",
  },
  { ...customServer, name: "next-custom-server", title: "Next.js 16, custom server with WebSockets" },
  {
    ...customServer,
    name: "next-custom-server-base-path",
    title: "Next.js 16, custom server with WebSockets below a base path",
    files: { "next.config.ts": `export default { basePath: "/app" };\n` },
    edits: below({ isServer: true }),
    webSocketPath: "/app/realtime",
    path: "/app/polls",
  },
  { ...plain("node", "Node's HTTP server"), endToEnd: true },
  plain("express", "Express 5"),
  plain("fastify", "Fastify 5"),
  plain("hono", "Hono"),
  plain("vite-react", "Vite and React"),
  {
    ...plain("bun", "Bun"),
    tools: { bun: "1.4.5" },
    steps: [
      ["bun", "install"],
      ["bun", "run", "build"],
    ],
    start: ["bun", "run", "start"],
  },
  {
    ...plain("deno", "Deno"),
    tools: { deno: "2.9.6" },
    steps: [
      ["npm", "install"],
      ["npm", "run", "build"],
    ],
    start: ["deno", "task", "start"],
  },
];
