import { join } from "node:path";
import { afterAll } from "vitest";
import { noDirectWs } from "./no-direct-ws.ts";
import { ruleTester } from "./testing/rule-tester.ts";
import { packagesOf, temporaryWorkspace } from "./testing/temporary-workspace.ts";
import { typeWaysToReach, waysToReach } from "./testing/ways-to-reach.ts";

const workspace = temporaryWorkspace(
  packagesOf([
    { folder: "packages/orders", name: "@repo/orders", dependencies: ["@repo/core-realtime"] },
    { folder: "packages/chat", name: "@repo/chat", dependencies: ["zod", "fourgate"] },
    { folder: "packages/realtime-ws", name: "@repo/realtime-ws", dependencies: ["@repo/core-realtime"] },
    { folder: "packages/screen", name: "@repo/screen", dependencies: ["@repo/realtime-react"] },
    { folder: "packages/database", name: "@repo/database", dependencies: ["ws", "@neondatabase/serverless"] },
    { folder: "apps/web", name: "web", dependencies: ["fourgate"] },
  ]),
);
const at = (path: string) => join(workspace.root, path);
afterAll(() => workspace.remove());

const feature = at("packages/orders/src/index.ts");
const direct = [{ messageId: "direct" }] as const;
const types = typeWaysToReach("ws");
const loads = Object.entries(waysToReach("ws")).filter(([way]) => !(way in types));

ruleTester.run("no-direct-ws", noDirectWs, {
  invalid: [
    ...loads.map(([way, code]) => ({ name: `refuses ${way} of ws`, code, filename: feature, errors: direct })),
    ...["ws/wrapper.mjs", "ws/lib/websocket.js", "isomorphic-ws"].map((module) => ({
      name: `refuses ${module}`,
      code: `import "${module}";`,
      filename: feature,
      errors: direct,
    })),
    ...[
      "packages/chat/src/index.ts",
      "packages/screen/src/index.ts",
      "packages/realtime-ws/src/ws-realtime-server.ts",
      "packages/orders/src/server.ts",
      "packages/orders/src/server/feed.ts",
      "apps/web/app/page.tsx",
      "apps/web/app/server/page.tsx",
      "apps/web/src/deep/server.ts",
    ].map((filename) => ({
      name: `refuses it in ${filename}`,
      code: `import { WebSocketServer } from "ws";`,
      filename: at(filename),
      errors: direct,
    })),
    {
      name: "refuses a value beside a type",
      code: `import { type WebSocket, WebSocketServer } from "ws"; export { type Data, Receiver } from "ws";`,
      filename: feature,
      errors: [...direct, ...direct],
    },
    {
      name: "takes other packages that bring a package under the rule",
      code: `import "ws";`,
      filename: at("packages/database/src/pool.ts"),
      options: [{ dependents: ["@neondatabase/*"] }],
      errors: direct,
    },
  ],
  valid: [
    ...Object.entries(types).map(([way, code]) => ({ name: `allows ${way} of ws`, code, filename: feature })),
    ...[
      "packages/database/src/pool.ts", // does not depend on Fourgate
      "scripts/check.ts",
      "packages/orders/src/orders.test.ts",
      "packages/orders/src/testing/plain-client.ts",
      "apps/web/e2e/two-windows.ts",
      "apps/web/server.ts",
      "apps/web/server.mjs",
      "apps/web/src/server.ts",
      "apps/web/server/upgrade.ts",
      "apps/web/src/server/upgrade.ts",
    ].map((filename) => ({
      name: `allows it in ${filename}`,
      code: `import { WebSocketServer } from "ws"; const ws = require("ws");`,
      filename: at(filename),
    })),
    ...[`import "wss";`, `import "@types/ws";`, `import "./ws";`, `const socket = new WebSocket(url);`].map((code) => ({
      name: `is not concerned with ${code}`,
      code,
      filename: feature,
    })),
    {
      name: "allows the files it was told",
      code: `import "ws";`,
      filename: at("packages/realtime-ws/src/ws-realtime-server.ts"),
      options: [{ allow: ["packages/realtime-ws/src/**"] }],
    },
  ],
});
