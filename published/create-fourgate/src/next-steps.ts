import type { HostName } from "./host.js";
import type { WorkspacePlan } from "./plan-workspace.js";

interface Created {
  /** As it was typed. */
  readonly folder: string;
  readonly host: HostName;
  readonly isNew: boolean;
}

/** What is to be done next, as text for a terminal. */
export function nextSteps({ folder, host, isNew }: Created): string {
  const enter = enterFolder(folder);
  if (host === "next")
    return steps([...enter, "npm install", "npm run dev", "open http://localhost:3000/polls in two windows"]);
  if (!isNew) return `${steps([...enter, "npm install"])}\n\nThen serve it with your HTTP server:\n\n${WIRING}`;
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
  return folder === "." ? [] : [`cd ${folder}`];
}

function steps(lines: readonly string[]): string {
  return ["Next:", ...lines.map((line, index) => `  ${index + 1}. ${line}`)].join("\n");
}

const WIRING = `  import { SseRealtimeServer } from "fourgate/sse";
  import { WsRealtimeServer } from "fourgate/ws";
  import { realtime } from "./realtime/realtime.js";

  const sse = new SseRealtimeServer();
  await realtime.serve(sse);
  await realtime.serve(new WsRealtimeServer({ httpServer })); // your http.Server
  // before your own routes: if (sse.isOwn(request)) return sse.handleRequest(request, response);`;

const WORKSPACE_WIRING = `apps/web is no Next app. Serve @repo/polls in the app that has your HTTP server; it depends on
@repo/core-realtime, @repo/polls, fourgate and ws:

  import { createRealtime } from "@repo/core-realtime/server";
  import { bindPolls } from "@repo/polls/server";
  import { WsRealtimeServer } from "fourgate/ws";

  const realtime = createRealtime({ authenticator: { authenticate: () => null } });
  bindPolls(realtime.registry);
  await realtime.serve(new WsRealtimeServer({ httpServer })); // your http.Server`;
