import { join } from "node:path";
import { afterAll } from "vitest";
import { importsGoDown } from "./imports-go-down.ts";
import { floorsWorkspace } from "./testing/floors-workspace.ts";
import { DOWN, NO_FLOOR, OUT, SIDEWAYS, UP, type Edge } from "./testing/import-edges.ts";
import { ruleTester } from "./testing/rule-tester.ts";
import { waysToReach } from "./testing/ways-to-reach.ts";

const workspace = floorsWorkspace();
const at = (path: string) => join(workspace.root, path);
afterAll(() => workspace.remove());

const named = (edges: readonly Edge[], verb: string) =>
  edges.map(([from, specifier]) => ({
    name: `${verb} ${specifier} in ${from}`,
    code: `import * as other from "${specifier}";`,
    filename: at(`packages/${from}`),
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
      filename: at("packages/orders/src/index.ts"),
      errors: [{ messageId: "upward" }] as const,
    })),
    {
      name: "refuses an app that reaches into another app, into a package's folder, or for the test doubles",
      code: `import "../other/server.js"; import "../../packages/orders/src/index.js"; import "@repo/core-testing";`,
      filename: at("apps/web-next/server.ts"),
      errors: [{ messageId: "escapes" }, { messageId: "escapes" }, { messageId: "upward" }],
    },
    {
      name: "says which floors are allowed",
      code: `const a = 1;\nimport { useChannel } from "@repo/realtime-react";`,
      filename: at("packages/realtime-ws/src/index.ts"),
      errors: [
        {
          messageId: "upward",
          line: 2,
          column: 1,
          data: {
            specifier: "@repo/realtime-react",
            floor: "4 bindings",
            home: "2 adapters",
            allowed: "0 contracts, 1 engine",
          },
        },
      ],
    },
    {
      name: "takes another table, with other tags",
      code: `import "@acme/ui"; import "@acme/feature"; import "@repo/core-testing";`,
      filename: at("services/kernel/src/index.ts"),
      options: [
        {
          floors: [
            { name: "kernel", tag: "low", imports: [] },
            { name: "ui", tag: "middle", imports: ["kernel"] },
            { name: "rest", tag: "high", imports: ["kernel"] },
          ],
        },
      ],
      errors: [{ messageId: "upward" }, { messageId: "upward" }],
    },
  ],
  valid: [
    ...named(DOWN, "allows"),
    ...named(NO_FLOOR, "allows"),
    {
      name: "allows what it likes to an app without a tag",
      code: `import "@repo/ui/button"; import "@repo/orders"; import "../../packages/ui/src/button.js";`,
      filename: at("apps/docs/app/page.tsx"),
    },
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
      filename: at("apps/web-next/server.ts"),
    })),
    {
      name: "is not concerned with folders that hold no packages",
      code: `import "@repo/realtime-ws"; import "../packages/orders/src/index.js";`,
      filename: at("scripts/check.ts"),
    },
    {
      name: "takes a folder of a package's name elsewhere for no package",
      code: `import "@repo/realtime-socket-io";`,
      filename: at("bench/realtime-ws/plain.ts"),
    },
    {
      name: "is not concerned with vendors and other scopes",
      code: `import "zod"; import "node:fs"; import "@acme/realtime-ws"; import "@repository/x"; import "#inside";`,
      filename: at("packages/orders/src/index.ts"),
    },
  ],
});
