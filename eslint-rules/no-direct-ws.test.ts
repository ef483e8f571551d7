import { noDirectWs } from "./no-direct-ws.ts";
import { ruleTester } from "./testing/rule-tester.ts";
import { waysToReach } from "./testing/ways-to-reach.ts";

const feature = "packages/orders/src/index.ts";
const direct = [{ messageId: "direct" }] as const;

ruleTester.run("no-direct-ws", noDirectWs, {
  invalid: [
    ...Object.entries(waysToReach("ws")).map(([way, code]) => ({
      name: `refuses ${way} of ws`,
      code,
      filename: feature,
      errors: direct,
    })),
    ...["ws/wrapper.mjs", "ws/lib/websocket.js", "isomorphic-ws"].map((module) => ({
      name: `refuses ${module}`,
      code: `import "${module}";`,
      filename: feature,
      errors: direct,
    })),
    ...["packages/realtime-socket-io/src/index.ts", "packages/realtime-client/src/ws-transport.ts"].map((filename) => ({
      name: `refuses it in ${filename}`,
      code: `import { WebSocketServer } from "ws";`,
      filename,
      errors: direct,
    })),
  ],
  valid: [
    ...["packages/realtime-ws/src/ws-realtime-server.ts", "apps/web-next/server.ts"].map((filename) => ({
      name: `allows it in ${filename}`,
      code: `import { WebSocketServer } from "ws";`,
      filename,
    })),
    ...[`import "wss";`, `import "@types/ws";`, `import "./ws";`, `const socket = new WebSocket(url);`].map((code) => ({
      name: `is not concerned with ${code}`,
      code,
      filename: feature,
    })),
    {
      name: "allows the files it was told",
      code: `import "ws";`,
      filename: "bench/plain-ws.ts",
      options: [{ allow: ["bench/**"] }],
    },
  ],
});
