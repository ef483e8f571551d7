import { noRealtimeHandlerReexport } from "./no-realtime-handler-reexport.ts";
import { ruleTester } from "./testing/rule-tester.ts";
import { waysToReach } from "./testing/ways-to-reach.ts";

const barrel = "packages/orders/src/index.ts";
const bind = "packages/orders/src/di/bind-production.ts";
const handlerTest = "packages/orders/src/realtime/handlers/on-order-status.handler.test.ts";

const imported = { messageId: "imported" } as const;
const reexported = { messageId: "reexported" } as const;
const foreign = { messageId: "foreign" } as const;
const exporting = (way: string): boolean => way.includes("re-export");

ruleTester.run("no-realtime-handler-reexport", noRealtimeHandlerReexport, {
  invalid: [
    ...Object.entries(waysToReach("./realtime/handlers/on-order-status.handler.js")).map(([way, code]) => ({
      name: `refuses ${way} of a handler in the barrel`,
      code,
      filename: barrel,
      errors: [exporting(way) ? reexported : imported],
    })),
    ...Object.entries(waysToReach("../realtime/handlers/on-order-status.handler.js"))
      .filter(([way]) => exporting(way))
      .map(([way, code]) => ({
        name: `refuses ${way} in a bind file too`,
        code,
        filename: bind,
        errors: [reexported],
      })),
    {
      name: "refuses a barrel inside the handlers' folder",
      code: `export { onOrderStatus } from "./on-order-status.handler.js";`,
      filename: "packages/orders/src/realtime/handlers/index.ts",
      errors: [reexported],
    },
    {
      name: "refuses to import the handlers' folder itself",
      code: `import { onOrderStatus } from "./handlers";`,
      filename: "packages/orders/src/realtime/index.ts",
      errors: [imported],
    },
    {
      name: "refuses one handler that imports another",
      code: `import { onOrderNote } from "./on-order-note.handler.js";`,
      filename: "packages/orders/src/realtime/handlers/on-order-status.handler.ts",
      errors: [imported],
    },
    ...[
      `import { onOrderStatus } from "X"; export { onOrderStatus };`,
      `import { onOrderStatus } from "X"; export { onOrderStatus as handler };`,
      `import { onOrderStatus } from "X"; export { onOrderStatus as default };`,
      `import onOrderStatus from "X"; export default onOrderStatus;`,
      `import * as handlers from "X"; export { handlers };`,
      `import * as handlers from "X"; export const handler = handlers.onOrderStatus;`,
      `import { onOrderStatus } from "X"; export const handler = onOrderStatus;`,
      `import { onOrderStatus } from "X"; export const handlers = { onOrderStatus };`,
      `import { onOrderStatus } from "X"; export default [onOrderStatus];`,
      `import { onOrderStatus } from "X"; export const handlers = { ...{ status: onOrderStatus } } as const;`,
      `import { onOrderStatus } from "X"; export const handler = onOrderStatus({ addNote });`,
      `import { onOrderStatus } from "X"; export const handler = withSpan(tracer, withCapture(logger, onOrderStatus({ addNote })));`,
      `import { onOrderStatus } from "X"; export const handler = traced(context, "orders.status", onOrderStatus({ addNote }));`,
      `import { onOrderStatus } from "X"; const handler = onOrderStatus; export { handler };`,
      `import { onOrderStatus } from "X"; const a = onOrderStatus; const b = { a }; export default b;`,
      `import { onOrderStatus } from "X"; export = onOrderStatus;`,
      `import handlers = require("X"); export { handlers };`,
      `export import handlers = require("X");`,
      `export const { onOrderStatus } = await import("X");`,
      `const { onOrderStatus } = require("X"); export { onOrderStatus };`,
      `import type { OrderStatusDeps } from "X"; export type { OrderStatusDeps };`,
      `import { onOrderStatus } from "X"; export type OnOrderStatus = typeof onOrderStatus;`,
      `export type OnOrderStatus = typeof import("X").onOrderStatus;`,
    ].map((code) => ({
      name: `sees the leak in ${code}`,
      code: code.replace("X", "../realtime/handlers/on-order-status.handler.js"),
      filename: bind,
      errors: [reexported],
    })),
    {
      name: "reports each leaking name at its place",
      code: [
        `import { onA, onB } from "../realtime/handlers/on-a.handler.js";`,
        `export { onA };`,
        `export const handlers = { onA, onB };`,
      ].join("\n"),
      filename: bind,
      errors: [
        { ...reexported, line: 2, column: 10 },
        { ...reexported, line: 3, column: 27 },
        { ...reexported, line: 3, column: 32 },
      ],
    },
    {
      name: "ends where two aliases name each other",
      code: `import { onA } from "../realtime/handlers/on-a.handler.js"; const a = onA ?? b; const b = a; export { b };`,
      filename: bind,
      errors: [reexported],
    },
    ...[
      `import { onOrderStatus } from "../../../orders/src/realtime/handlers/on-order-status.handler.js";`,
      `import { onOrderStatus } from "@repo/orders/realtime/handlers/on-order-status.handler";`,
      `import { onOrderStatus } from "@repo/orders/src/realtime/handlers";`,
    ].map((code) => ({
      name: `refuses another feature's handler even in a bind file: ${code}`,
      code,
      filename: "packages/billing/src/di/bind-production.ts",
      errors: [foreign],
    })),
    {
      name: "refuses to import one's own handler by the package's name",
      code: `import { onOrderStatus } from "@repo/orders/realtime/handlers/on-order-status.handler";`,
      filename: handlerTest,
      errors: [foreign],
    },
    {
      name: "looks where it was told",
      code: `export * from "./live/answers/on-order-status.js";`,
      filename: barrel,
      options: [{ handlers: ["**/live/answers/**"] }],
      errors: [reexported],
    },
  ],
  valid: [
    ...Object.entries(waysToReach("../realtime/handlers/on-order-status.handler.js"))
      .filter(([way]) => !exporting(way))
      .map(([way, code]) => ({ name: `allows ${way} in a bind file`, code, filename: bind })),
    {
      name: "allows a bind file to register, wrapped, inside its function",
      code: `
        import { onOrderStatus } from "../realtime/handlers/on-order-status.handler.js";
        export function bindProductionOrders({ registry, tracer, logger }) {
          const handler = onOrderStatus({ addNote });
          return registry.register(orderStatusChannel, withSpan(tracer, {}, withCapture(logger, {}, handler)));
        }
        export const undo = registry.register(orderStatusChannel, onOrderStatus({ addNote }));
      `,
      filename: bind,
    },
    ...[
      "./on-order-status.handler.js",
      "#src/realtime/handlers/on-order-status.handler.js",
      "@/realtime/handlers/a",
    ].map((module) => ({
      name: `allows ${module} in a test`,
      code: `import { onOrderStatus } from "${module}";`,
      filename: handlerTest,
    })),
    {
      name: "allows bind-dev-seed.ts and .tsx tests",
      code: `import { onOrderStatus } from "./realtime/handlers/on-order-status.handler.js";`,
      filename: "packages/orders/src/bind-dev-seed.ts",
    },
    {
      name: "is not concerned with channels",
      code: `export { orderStatusChannel } from "./realtime/order-status.channel.js"; export * from "./handlers/http.js"; export * from "@repo/orders";`,
      filename: barrel,
    },
    {
      name: "is not concerned with a name that shadows the import",
      code: `import { onA } from "../realtime/handlers/on-a.handler.js"; export function f(onA) { return onA; }`,
      filename: bind,
    },
    {
      name: "allows the importers it was told",
      code: `import { onOrderStatus } from "./realtime/handlers/on-order-status.handler.js";`,
      filename: "packages/orders/src/wire.ts",
      options: [{ importers: ["**/wire.ts"] }],
    },
  ],
});
