import { expect, it } from "vitest";
import { importsGoDown } from "./imports-go-down.ts";
import { floorPlan } from "./shared/floor-plan.ts";
import { ARCHITECTURE } from "./shared/floor-table.ts";
import { ruleTester } from "./testing/rule-tester.ts";
import { waysToReach } from "./testing/ways-to-reach.ts";

type Edge = readonly [from: string, specifier: string];

const DOWN: readonly Edge[] = [
  ["core-realtime/src/server/gateway.ts", "../envelope.js"],
  ["core-realtime/src/server/gateway.ts", "@repo/core-realtime"],
  ["core-realtime/src/server/gateway.ts", "@repo/core-observability"],
  ["core-realtime/src/server/gateway.ts", "./limits.js"],
  ["core-realtime/src/define-realtime-channel.ts", "./channel-name.js"],
  ["core-realtime/src/define-realtime-channel.ts", "@standard-schema/spec"],
  ["core-testing/src/harness.ts", "@repo/core-realtime/server"],
  ["realtime-socket-io/src/index.ts", "@repo/core-realtime"],
  ["realtime-socket-io/src/index.ts", "@repo/core-realtime/server"],
  ["realtime-redis/src/redis-broker.ts", "@repo/core-realtime/server"],
  ["realtime-presence/src/index.ts", "@repo/core-realtime"],
  ["realtime-bridge/src/index.ts", "@repo/core-events"],
  ["realtime-entities/src/index.ts", "@repo/core-events"],
  ["realtime-client/src/index.ts", "@repo/core-realtime"],
  ["realtime-react/src/index.ts", "@repo/realtime-client"],
  ["realtime-react/src/index.ts", "@repo/realtime-client/ws"],
  ["realtime-tanstack-db/src/index.ts", "@repo/realtime-client/optimistic"],
  ["orders/src/index.ts", "@repo/core-realtime"],
  ["orders/src/index.ts", "@repo/core-events"],
  ["orders/src/realtime/order-entity.channel.ts", "@repo/realtime-entities"],
  ["orders/src/realtime/order-presence.channel.ts", "@repo/realtime-presence"],
  ["orders/src/index.ts", "./realtime/order-status.channel.js"],
  ["orders/src/index.ts", "@repo/orders/testing"],
  ["orders/src/order-list.tsx", "@repo/realtime-client/query"],
  ["orders/src/ui/use-orders.ts", "@repo/realtime-react"],
  ["orders/src/place-order.test.ts", "@repo/core-testing"],
  ["orders/src/orders.types.ts", "@repo/core-testing"],
  ["core-realtime/src/authorize.test.ts", "@repo/core-testing"],
  ["realtime-client/src/connection.test.ts", "@repo/core-testing/contracts"],
  ["realtime-ws/src/ws-under-test.ts", "@repo/core-testing/contracts"],
  ["core-events/src/testing/index.ts", "@repo/core-testing"],
  ["orders/src/order.test.ts", "@repo/realtime-postgres/testing"],
];

const UP: readonly Edge[] = [
  ["core-realtime/src/define-realtime-channel.ts", "./server/gateway.js"],
  ["core-realtime/src/define-realtime-channel.ts", "@repo/core-realtime/server"],
  ["core-realtime/src/define-realtime-channel.ts", "@repo/core-realtime/src/server/gateway"],
  ["core-realtime/src/server/gateway.ts", "@repo/realtime-socket-io"],
  ["core-realtime/src/server/gateway.ts", "@repo/orders"],
  ["core-events/src/index.ts", "@repo/realtime-bridge"],
  ["core-testing/src/harness.ts", "@repo/realtime-socket-io"],
  ["realtime-socket-io/src/index.ts", "@repo/realtime-presence"],
  ["realtime-socket-io/src/index.ts", "@repo/core-testing"],
  ["realtime-socket-io/src/server.test.ts", "@repo/realtime-client"],
  ["realtime-presence/src/index.ts", "@repo/realtime-redis"],
  ["realtime-presence/src/index.ts", "@repo/core-realtime/server"],
  ["realtime-entities/src/index.ts", "@repo/core-realtime/server"],
  ["realtime-entities/src/index.ts", "@repo/orders"],
  ["realtime-client/src/index.ts", "@repo/realtime-react"],
  ["realtime-client/src/index.ts", "@repo/realtime-ws"],
  ["realtime-client/src/index.ts", "@repo/core-realtime/server"],
  ["realtime-react/src/index.ts", "@repo/orders"],
  ["orders/src/place-order.ts", "@repo/realtime-socket-io"],
  ["orders/src/place-order.ts", "@repo/realtime-react"],
  ["orders/src/place-order.ts", "@repo/realtime-client"],
  ["orders/src/place-order.ts", "@repo/core-realtime/server"],
  ["orders/src/place-order.ts", "@repo/core-testing"],
  ["orders/src/order.test.ts", "@repo/realtime-postgres"],
];

const SIDEWAYS: readonly Edge[] = [
  ["core-events/src/index.ts", "@repo/core-realtime"],
  ["core-realtime/src/schema.ts", "@repo/core-observability"],
  ["realtime-ws/src/index.ts", "@repo/realtime-socket-io"],
  ["realtime-bridge/src/index.ts", "@repo/realtime-presence"],
  ["realtime-entities/src/index.ts", "@repo/realtime-bridge"],
  ["orders/src/index.ts", "@repo/billing"],
  ["orders/src/index.ts", "@repo/billing/testing"],
  ["orders/src/place-order.test.ts", "@repo/billing"],
];

const OUT: readonly Edge[] = [
  ["orders/src/index.ts", "../../billing/src/index.js"],
  ["orders/src/index.ts", "../../core-realtime/src/index.js"],
  ["orders/src/index.test.ts", "../../../apps/web-next/server.js"],
  ["orders/vitest.config.ts", "../../vitest.shared.js"],
  ["orders/src/index.ts", "../../../../outside.js"],
];

const named = (edges: readonly Edge[], verb: string) =>
  edges.map(([from, specifier]) => ({
    name: `${verb} ${specifier} in ${from}`,
    code: `import * as other from "${specifier}";`,
    filename: `packages/${from}`,
  }));

const refused = (edges: readonly Edge[], messageId: "upward" | "sibling" | "escapes") =>
  named(edges, "refuses").map((example) => ({ ...example, errors: [{ messageId }] as const }));

ruleTester.run("imports-go-down", importsGoDown, {
  invalid: [
    ...refused(UP, "upward"),
    ...refused(SIDEWAYS, "sibling"),
    ...refused(OUT, "escapes"),
    ...Object.entries(waysToReach("@repo/realtime-ws")).map(([way, code]) => ({
      name: `refuses ${way} upwards`,
      code,
      filename: "packages/orders/src/index.ts",
      errors: [{ messageId: "upward" }] as const,
    })),
    {
      name: "refuses an app that reaches into another app, into a package's folder, or for the test doubles",
      code: `import "../other/server.js"; import "../../packages/orders/src/index.js"; import "@repo/core-testing";`,
      filename: "apps/web-next/server.ts",
      errors: [{ messageId: "escapes" }, { messageId: "escapes" }, { messageId: "upward" }],
    },
    {
      name: "says which floors are allowed",
      code: `const a = 1;\nimport { useChannel } from "@repo/realtime-react";`,
      filename: "packages/realtime-ws/src/index.ts",
      errors: [
        {
          messageId: "upward",
          line: 2,
          column: 1,
          data: {
            specifier: "@repo/realtime-react",
            floor: "4 react",
            home: "2 adapters",
            allowed: "0 contracts, 1 engine",
          },
        },
      ],
    },
    {
      name: "takes another scope and another table",
      code: `import "@acme/ui"; import "@acme/feature"; import "@repo/core-testing";`,
      filename: "packages/kernel/src/index.ts",
      options: [
        {
          scope: "@acme/",
          floors: [
            { name: "kernel", packages: ["kernel"], imports: [] },
            { name: "ui", packages: ["ui"], imports: ["kernel"] },
            { name: "rest", folder: "packages", imports: ["kernel"] },
          ],
        },
      ],
      errors: [{ messageId: "upward" }, { messageId: "upward" }],
    },
  ],
  valid: [
    ...named(DOWN, "allows"),
    ...[
      "@repo/core-realtime/server",
      "@repo/realtime-ws",
      "@repo/orders",
      "@repo/realtime-react",
      "./src/bind-all.js",
      "next",
    ].map((specifier) => ({
      name: `allows ${specifier} in an app`,
      code: `import "${specifier}";`,
      filename: "apps/web-next/server.ts",
    })),
    {
      name: "is not concerned with folders that hold no packages",
      code: `import "@repo/realtime-ws"; import "../packages/orders/src/index.js";`,
      filename: "scripts/check.ts",
    },
    {
      name: "takes a folder of a package's name elsewhere for no package",
      code: `import "@repo/realtime-socket-io";`,
      filename: "bench/realtime-ws/plain.ts",
    },
    {
      name: "is not concerned with vendors and other scopes",
      code: `import "zod"; import "node:fs"; import "@acme/realtime-ws"; import "@repository/x"; import "#inside";`,
      filename: "packages/orders/src/index.ts",
    },
  ],
});

it("refuses a table in which a floor imports one that is not below it", () => {
  const floors = [
    { name: "low", packages: ["low"], imports: ["high"] },
    { name: "high", packages: ["high"], imports: [] },
  ];
  const sentence =
    'imports-go-down: "low" imports "high", which is no floor below it. List it earlier, or take it out.';
  expect(() => floorPlan({ ...ARCHITECTURE, floors })).toThrow(new TypeError(sentence));
});

it("refuses a table with a UI exception that goes up", () => {
  const floors = [{ name: "low", packages: ["low"], imports: [], uiImports: ["low"] }];
  expect(() => floorPlan({ ...ARCHITECTURE, floors })).toThrow(/"low" imports "low", which is no floor below it/);
});
