import { staticChannelName } from "./static-channel-name.ts";
import { ruleTester } from "./testing/rule-tester.ts";

const rest = `scope: "public", payload: z.object({})`;

ruleTester.run("static-channel-name", staticChannelName, {
  invalid: [
    ...[
      "ORDERS",
      "names.orders",
      '"orders." + part',
      "`orders.${part}`",
      "nameOf('orders')",
      "flag ? 'a' : 'b'",
      "42",
      "null",
    ].map((name) => ({
      name: `refuses ${name}`,
      code: `export const c = defineRealtimeChannel({ name: ${name}, ${rest} });`,
      errors: [{ messageId: "computed", line: 1, column: 48 }] as const,
    })),
    {
      name: "refuses a shorthand",
      code: `defineRealtimeChannel({ name, ${rest} });`,
      errors: [{ messageId: "computed" }],
    },
    {
      name: "refuses a method and a getter",
      code: `defineRealtimeChannel({ name() { return "a"; }, ${rest} }); defineRealtimeChannel({ get name() { return "a"; }, ${rest} });`,
      errors: [{ messageId: "computed" }, { messageId: "computed" }],
    },
    {
      name: "refuses an identifier behind an assertion",
      code: `defineRealtimeChannel({ name: ORDERS as "orders", ${rest} });`,
      errors: [{ messageId: "computed" }],
    },
    {
      name: "refuses a missing name",
      code: `defineRealtimeChannel({ ${rest} });`,
      errors: [{ messageId: "absent", column: 23 }],
    },
    {
      name: "refuses a spread that brings the name",
      code: `defineRealtimeChannel({ ...orders, ${rest} });`,
      errors: [{ messageId: "hidden", column: 25 }],
    },
    {
      name: "refuses a spread that may override the name",
      code: `defineRealtimeChannel({ name: "orders", ${rest}, ...overrides });`,
      errors: [{ messageId: "hidden" }],
    },
    {
      name: "refuses a computed key that may override the name",
      code: `defineRealtimeChannel({ name: "orders", [key]: "invoices", ${rest} });`,
      errors: [{ messageId: "hidden" }],
    },
    {
      name: "takes the last of two names as the runtime does",
      code: `defineRealtimeChannel({ name: "orders", ${rest}, name: ORDERS });`,
      errors: [{ messageId: "computed" }],
    },
    ...["description", "describe()", "...descriptions", "cond ? { name: 'a' } : b"].map((argument) => ({
      name: `refuses ${argument} as the description`,
      code: `defineRealtimeChannel(${argument});`,
      errors: [{ messageId: "elsewhere", column: 23 }] as const,
    })),
    {
      name: "refuses a call without a description",
      code: `defineRealtimeChannel();`,
      errors: [{ messageId: "elsewhere", column: 1 }],
    },
    {
      name: "sees through an alias, a string alias and a namespace",
      code: `
        import { defineRealtimeChannel as define } from "@repo/core-realtime";
        import { "defineRealtimeChannel" as defineToo } from "@repo/core-realtime";
        import * as core from "@repo/core-realtime";
        define({ name: A, ${rest} });
        defineToo({ name: B, ${rest} });
        core.defineRealtimeChannel({ name: C, ${rest} });
      `,
      errors: [
        { messageId: "computed", line: 5 },
        { messageId: "computed", line: 6 },
        { messageId: "computed", line: 7 },
      ],
    },
    {
      name: "asks of an entity's channels that the entity is a literal, under an alias and through a namespace too",
      code: `
        import { defineEntityChannels as define } from "@repo/realtime-entities";
        import * as entities from "@repo/realtime-entities";
        defineEntityChannels({ entity: ENTITY, name: "orders", ${rest} });
        define({ entity: "or" + "der", ${rest} });
        entities.defineEntityChannels({ ${rest} });
        defineEntityChannels({ entity: "order", ...orders });
        defineEntityChannels(order);
      `,
      errors: [
        { messageId: "computed", line: 4, data: { example: 'entity: "task"' } },
        { messageId: "computed", line: 5 },
        { messageId: "absent", line: 6, data: { example: 'entity: "task"' } },
        { messageId: "hidden", line: 7, data: { example: 'entity: "task"' } },
        { messageId: "elsewhere", line: 8 },
      ],
    },
  ],
  valid: [
    { name: "accepts an entity's literal", code: `defineEntityChannels({ entity: "order", ${rest} });` },
    ...['"orders.{orderId}.status"', "'orders'", "`orders.{orderId}`", '"orders" as const', '("orders")'].map(
      (name) => ({
        name: `accepts ${name}`,
        code: `export const c = defineRealtimeChannel({ name: ${name}, ${rest} });`,
      }),
    ),
    {
      name: "accepts a quoted and a computed literal key",
      code: `defineRealtimeChannel({ "name": "a", ${rest} }); defineRealtimeChannel({ ["name"]: "b", ${rest} });`,
    },
    {
      name: "accepts a spread that the name stands after",
      code: `defineRealtimeChannel({ ...defaults, name: "orders", ${rest} });`,
    },
    {
      name: "accepts a description behind satisfies",
      code: `defineRealtimeChannel({ name: "orders", ${rest} } satisfies Description);`,
    },
    {
      name: "is not concerned with other functions",
      code: `define({ name: ORDERS }); registry["defineRealtimeChannel"]({ name: ORDERS }); new defineRealtimeChannel(x); (0, f)();`,
    },
    {
      name: "is not concerned with another import of a like name",
      code: `import { defineEvent as define } from "@repo/core-events"; define({ name: ORDERS });`,
    },
  ],
});
