import { packagesOf, temporaryWorkspace, type TemporaryWorkspace } from "./temporary-workspace.ts";

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
/** A workspace with a package or more on each floor, and some on none. */
export const floorsWorkspace = (): TemporaryWorkspace =>
  temporaryWorkspace(
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
