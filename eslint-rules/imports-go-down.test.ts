import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { importsGoDown } from "./imports-go-down.ts";
import { floorPlan } from "./shared/floor-plan.ts";
import { ARCHITECTURE } from "./shared/floor-table.ts";
import { workspaceAt } from "./shared/workspace-members.ts";
import { ruleTester } from "./testing/rule-tester.ts";
import { packagesOf, temporaryWorkspace } from "./testing/temporary-workspace.ts";
import { waysToReach } from "./testing/ways-to-reach.ts";

const TAGS: Readonly<Record<string, readonly string[]>> = {
  core: ["core-realtime", "core-events", "core-observability"],
  tool: ["core-testing"],
  adapter: ["realtime-socket-io", "realtime-ws", "realtime-redis", "realtime-postgres"],
  capability: ["realtime-presence", "realtime-bridge", "realtime-entities"],
  "capability-on-adapters": ["live-query"],
  client: ["realtime-client"],
  "client-binding": ["realtime-react", "realtime-tanstack-db"],
  feature: ["orders", "billing"],
};
const tagged = Object.entries(TAGS).flatMap(([tag, names]) =>
  names.map((name) => ({ folder: `packages/${name}`, name: `@repo/${name}`, tags: [tag] })),
);
const workspace = temporaryWorkspace(
  packagesOf([
    ...tagged,
    { folder: "apps/web-next", name: "web-next", tags: ["app"] },
    { folder: "apps/other", name: "other", tags: ["app"] },
    { folder: "bench", name: "@repo/bench" },
    // what create-turbo makes: no tags
    { folder: "packages/ui", name: "@repo/ui" },
    { folder: "packages/utils", name: "@repo/utils" },
    { folder: "packages/eslint-config", name: "@repo/eslint-config" },
    { folder: "apps/docs", name: "docs" },
    { folder: "packages/internal", name: "@repo/internal", tags: ["internal"] },
    { folder: "services/kernel", name: "@acme/kernel", tags: ["low"] },
    { folder: "services/ui", name: "@acme/ui", tags: ["middle", "other"] },
    { folder: "services/feature", name: "@acme/feature", tags: ["high"] },
  ]),
);
const at = (path: string) => join(workspace.root, path);
afterAll(() => workspace.remove());

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
  ["orders/src/order.test.ts", "@repo/core-realtime/testing"],
  ["core-testing/src/harness.ts", "@repo/core-events/testing"],
];

/** A package without a tag of the table has no floor: neither what it imports nor who imports it is refused. */
const NO_FLOOR: readonly Edge[] = [
  ["ui/src/button.tsx", "@repo/utils"],
  ["ui/src/button.tsx", "@repo/orders"],
  ["ui/src/button.tsx", "@repo/realtime-ws"],
  ["ui/eslint.config.mjs", "@repo/eslint-config/react-internal"],
  ["ui/eslint.config.mjs", "../../eslint.shared.js"],
  ["orders/eslint.config.js", "@repo/eslint-config/base"],
  ["orders/src/order-list.tsx", "@repo/ui/button"],
  ["orders/src/index.ts", "@repo/utils"],
  ["orders/src/index.ts", "@repo/internal"],
  ["core-realtime/src/index.ts", "@repo/utils"],
  ["internal/src/index.ts", "@repo/orders"],
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
  ["orders/src/place-order.ts", "@repo/core-realtime/testing"],
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

const planOf = (floors: Parameters<typeof floorPlan>[0]) => floorPlan(floors, workspaceAt(workspace.root));

it("refuses a table in which a floor imports one that is not below it", () => {
  const floors = [
    { name: "low", tag: "low", imports: ["high"] },
    { name: "high", tag: "high", imports: [] },
  ];
  const sentence =
    'imports-go-down: "low" imports "high", which is no floor below it. List it earlier, or take it out.';
  expect(() => planOf(floors)).toThrow(new TypeError(sentence));
});

it("refuses a table with a UI exception that goes up", () => {
  const floors = [{ name: "low", tag: "low", imports: [], uiImports: ["low"] }];
  expect(() => planOf(floors)).toThrow(/"low" imports "low", which is no floor below it/);
});

it("puts a package with several tags on the highest of their floors", () => {
  const floors = [
    { name: "low", tag: "other", imports: [] },
    { name: "high", tag: "middle", imports: [] },
  ];
  expect(planOf(floors).unitOfSpecifier("@acme/ui/x")?.floor.name).toBe("high");
});

const page = readFileSync(join(import.meta.dirname, "imports-go-down.md"), "utf8");
const home = join(import.meta.dirname, "..");
const repository = workspaceAt(home);

it("names in its page, floor by floor, the packages of this repository that have the tag, and no other", () => {
  const rows = page.matchAll(/^\| (?!floor)(\S.*?) +\| `([a-z-]+)` +\| (.+?) +\|/gm);
  const written = [...rows].map(([, floor, tag, who = ""]) => [
    floor,
    tag,
    [...who.matchAll(/`(\w[\w/-]*)`/g)].map(([, name]) => name).sort(),
  ]);
  expect(written).toEqual(
    ARCHITECTURE.floors.map(({ name, tag, part }) => {
      const found = part === undefined ? repository.members.filter(({ tags }) => tags.includes(tag)) : [];
      return [name, tag, found.map(({ folder }) => folder.replace("packages/", "")).sort()];
    }),
  );
});

it("allows no floor what turbo's boundaries refuse its tag", () => {
  const rules = boundaries(JSON.parse(readFileSync(join(home, "turbo.json"), "utf8")));
  const tagOf = new Map(ARCHITECTURE.floors.map(({ name, tag }) => [name, tag]));
  const edges = ARCHITECTURE.floors.flatMap(({ tag, imports, uiImports = [] }) =>
    [...imports, ...uiImports].map((floor) => [tag, tagOf.get(floor) ?? floor] as const),
  );
  expect(edges.length).toBeGreaterThan(0);
  const refused = edges.filter(([tag, other]) => {
    if (tag === other) return false; // two parts of one package
    const { allow, deny = [] } = rules[tag]?.dependencies ?? {};
    return deny.includes(other) || !(allow ?? [other]).includes(other);
  });
  expect(refused).toEqual([]);
  expect(Object.keys(rules)).toEqual(expect.arrayContaining(ARCHITECTURE.floors.map(({ tag }) => tag)));
});

interface TagRules {
  readonly dependencies?: { readonly allow?: readonly string[]; readonly deny?: readonly string[] };
}

function boundaries(turbo: { readonly boundaries: { readonly tags: Readonly<Record<string, TagRules>> } }) {
  return turbo.boundaries.tags;
}
