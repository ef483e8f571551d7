import type { HostName } from "./host.js";

interface Created {
  /** As it was typed. */
  readonly folder: string;
  readonly host: HostName;
  readonly isNew: boolean;
}

/** What is to be done next, as text for a terminal. */
export function nextSteps({ folder, host, isNew }: Created): string {
  const enter = folder === "." ? [] : [`cd ${folder}`];
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
