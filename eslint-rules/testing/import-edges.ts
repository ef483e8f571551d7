/** An import: the file below packages/, and what it names. */
export type Edge = readonly [from: string, specifier: string];

/** Imports that the floors allow. */
export const DOWN: readonly Edge[] = [
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
export const NO_FLOOR: readonly Edge[] = [
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

/** Imports of a floor above. */
export const UP: readonly Edge[] = [
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

/** Imports of a sibling. */
export const SIDEWAYS: readonly Edge[] = [
  ["core-events/src/index.ts", "@repo/core-realtime"],
  ["core-realtime/src/schema.ts", "@repo/core-observability"],
  ["realtime-ws/src/index.ts", "@repo/realtime-socket-io"],
  ["realtime-bridge/src/index.ts", "@repo/realtime-presence"],
  ["realtime-entities/src/index.ts", "@repo/realtime-bridge"],
  ["orders/src/index.ts", "@repo/billing"],
  ["orders/src/index.ts", "@repo/billing/testing"],
  ["orders/src/place-order.test.ts", "@repo/billing"],
];

/** Relative imports that leave their package. */
export const OUT: readonly Edge[] = [
  ["orders/src/index.ts", "../../billing/src/index.js"],
  ["orders/src/index.ts", "../../core-realtime/src/index.js"],
  ["orders/src/index.test.ts", "../../../apps/web-next/server.js"],
  ["orders/vitest.config.ts", "../../vitest.shared.js"],
  ["orders/src/index.ts", "../../../../outside.js"],
];
