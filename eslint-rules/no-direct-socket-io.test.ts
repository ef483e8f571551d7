import { noDirectSocketIo } from "./no-direct-socket-io.ts";
import { ruleTester } from "./testing/rule-tester.ts";
import { waysToReach } from "./testing/ways-to-reach.ts";

const feature = "packages/orders/src/realtime/order-status.channel.ts";
const direct = [{ messageId: "direct" }] as const;
/** What the root's eslint.config.js says of this repository. */
const allow = ["packages/realtime-socket-io/src/**", "packages/realtime-client/src/socket-io-*.ts", "apps/*/server.ts"];

ruleTester.run("no-direct-socket-io", noDirectSocketIo, {
  invalid: [
    ...["socket.io", "socket.io-client"].flatMap((module) =>
      Object.entries(waysToReach(module)).map(([way, code]) => ({
        name: `refuses ${way} of ${module}`,
        code,
        filename: feature,
        errors: direct,
      })),
    ),
    ...[
      "socket.io/dist/socket",
      "socket.io-client/debug",
      "socket.io-client?url",
      "socket.io-adapter",
      "socket.io-parser",
      "socket.io-msgpack-parser",
      "engine.io",
      "engine.io/build/server",
      "engine.io-client",
      "@socket.io/redis-adapter",
      "@socket.io/redis-adapter/dist/index.js",
      "../../../node_modules/socket.io/dist/index.js",
    ].map((module) => ({
      name: `refuses ${module}`,
      code: `import "${module}";`,
      filename: feature,
      errors: direct,
    })),
    ...[
      "packages/realtime-socket-io/tsup.config.ts",
      "packages/realtime-client/src/index.ts",
      "packages/realtime-client/src/transports/socket-io-transport.ts",
      "packages/orders/packages/realtime-socket-io/src/index.ts",
      "apps/web-next/src/server.ts",
      "apps/server.ts",
      "../elsewhere/apps/web-next/server.ts",
    ].map((filename) => ({
      name: `refuses it in ${filename}`,
      code: `import { Server } from "socket.io";`,
      filename,
      options: [{ allow }] as const,
      errors: direct,
    })),
    {
      name: "points at the statement and says where it is allowed",
      code: `const a = 1;\nexport { Server } from "socket.io";`,
      filename: feature,
      errors: [
        {
          messageId: "direct",
          line: 2,
          column: 1,
          data: {
            specifier: "socket.io",
            allow: "apps/*/server.ts",
          },
        },
      ],
    },
    {
      name: "knows other allowed files when told, and then no more the defaults",
      code: `import "socket.io";`,
      filename: "apps/web-next/server.ts",
      options: [{ allow: ["services/*/main.ts"] }],
      errors: direct,
    },
    {
      name: "refuses it in a test as well",
      code: `import { io } from "socket.io-client";`,
      filename: "packages/orders/src/orders.test.ts",
      errors: direct,
    },
    {
      name: "knows other packages when told",
      code: `import "sockjs";`,
      filename: feature,
      options: [{ packages: ["sockjs"] }],
      errors: direct,
    },
  ],
  valid: [
    ...[
      "packages/realtime-socket-io/src/index.ts",
      "packages/realtime-socket-io/src/deep/inside.test.ts",
      "packages/realtime-client/src/socket-io-transport.ts",
      "apps/web-next/server.ts",
    ].flatMap((filename) =>
      Object.entries(waysToReach("socket.io")).map(([way, code]) => ({
        name: `allows ${way} in ${filename}`,
        code,
        filename,
        options: [{ allow }] as const,
      })),
    ),
    ...[
      `import "socket.iox";`,
      `import "./socket.io";`,
      `import "socket";`,
      `import "@acme/socket.io";`,
      `import "node:net";`,
      `const text = "socket.io";`,
      `load("socket.io");`,
      `path.resolve("socket.io");`,
      "await import(`socket.io/${part}`);",
      `await import(name);`,
      `require();`,
      `namespace socket { const io = 1; }`,
      `export const io = 1;`,
    ].map((code) => ({ name: `is not concerned with ${code}`, code, filename: feature })),
    {
      name: "allows the files it was told",
      code: `import "socket.io";`,
      filename: "services/chat/main.ts",
      options: [{ allow: ["services/*/main.ts"] }],
    },
    { name: "allows an app's server by default", code: `import "socket.io";`, filename: "apps/web/server.ts" },
    {
      name: "leaves Socket.IO alone when told of other packages",
      code: `import "socket.io";`,
      filename: feature,
      options: [{ packages: ["sockjs"] }],
    },
  ],
});
