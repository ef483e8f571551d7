import { HOSTS, type HostName } from "./host.js";
import type { WorkspacePlan } from "./plan-workspace.js";
import { templateFile } from "./template-file.js";

interface Created {
  /** As it was typed. */
  readonly folder: string;
  readonly host: HostName;
  readonly isNew: boolean;
  /** Whether a Next app has a server of its own. */
  readonly hasServer?: boolean;
}

const NO_SOCKET = `A route handler has no WebSockets: the browser's console shows one that failed, then Server-Sent Events carry the poll.
With sse() of fourgate/client/sse in place of auto(), in poll.tsx, none is tried.`;

/** What is to be done next, as text for a terminal. */
export function nextSteps({ folder, host, isNew, hasServer }: Created): string {
  const enter = enterFolder(folder);
  if (host === "next")
    return `${steps([...enter, "npm install", "npm run dev", "open http://localhost:3000/polls in two windows"])}${hasServer ? "" : `\n\n${NO_SOCKET}`}`;
  if (!isNew) return `${steps([...enter, "npm install"])}\n\n${wiring(host)}`;
  if (host === "vite-react")
    return steps([
      ...enter,
      "npm install",
      "npm run server, and in a second terminal npm run dev",
      "open the address that Vite prints in two windows",
    ]);
  return steps([...enter, "npm install", "npm run dev", "open http://localhost:3000 in two windows"]);
}

/** The same for a turbo workspace, and what is left to be done by hand. */
export function workspaceSteps(folder: string, { workspace, remarks }: WorkspacePlan): string {
  const { packageManager, nextFolder } = workspace;
  const install = [...enterFolder(folder), `${packageManager} install`];
  const run = [`${packageManager} run dev`, "open http://localhost:3000/polls in two windows"];
  const next = nextFolder === undefined ? `${steps(install)}\n\n${WORKSPACE_WIRING}` : steps([...install, ...run]);
  return [...remarks, next].join("\n\n");
}

function enterFolder(folder: string): readonly string[] {
  return folder === "." || folder === "" ? [] : [`cd ${/^[\w./\\:~-]+$/.test(folder) ? folder : `"${folder}"`}`];
}

function steps(lines: readonly string[]): string {
  return ["Next:", ...lines.map((line, index) => `  ${index + 1}. ${line}`)].join("\n");
}

/** How an app that exists serves the channel: the server of a new app on the same host. */
function wiring(host: HostName): string {
  const [template] = HOSTS[host].templates.find(([, target]) => target === "src/server.ts") ?? ["node/server.ts"];
  const lines = templateFile(template, "").text.trimEnd().split("\n");
  return `Then serve it. ${HOSTS[host].title}, in src/server.ts of a new app; the SSE server comes before body parsers:

${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}

Imports of your own file are relative to it. In a package without "type": "module", await in an async function. The
page's part is createRealtimeClient of fourgate/client: node_modules/fourgate/README.md shows it.`;
}

const WORKSPACE_WIRING = `apps/web is no Next app. Serve @repo/polls in the app that has your HTTP server; it depends on
@repo/core-realtime, @repo/polls, fourgate and ws:

  import { createRealtime } from "@repo/core-realtime/server";
  import { bindPolls } from "@repo/polls/server";
  import { WsRealtimeServer } from "fourgate/ws";

  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  bindPolls(realtime.registry);
  await realtime.serve(new WsRealtimeServer({ httpServer })); // your http.Server`;
