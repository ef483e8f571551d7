import { requireScope } from "./require-scope.ts";
import { ruleTester } from "./testing/rule-tester.ts";

ruleTester.run("require-scope", requireScope, {
  invalid: [
    {
      name: "refuses a channel without a scope",
      code: `defineRealtimeChannel({ name: "orders", payload });`,
      errors: [{ messageId: "absent", column: 23 }],
    },
    ...[
      "SCOPE",
      "scopes.staff",
      "scopeFor('orders')",
      "admin ? 'public' : 'authenticated'",
      "`${kind}`",
      '"privat"',
      '""',
      "null",
      "undefined",
      "{}",
      "{ ...staff }",
      "{ role: ROLE }",
      "{ role }",
      "{ role: '' }",
      "{ [kind]: 'staff' }",
      "{ userScoped: PARAM }",
      "{ role: 'staff', ...more }",
      "{ role: 'staff', userScoped: 'userId' }",
      "{ team: 'red' }",
      "['public']",
      "({ user }) => true",
    ].map((scope) => ({
      name: `refuses ${scope}`,
      code: `defineRealtimeChannel({ name: "orders", scope: ${scope}, payload });`,
      errors: [{ messageId: "unclear", line: 1, column: 48 }] as const,
    })),
    {
      name: "refuses a shorthand",
      code: `defineRealtimeChannel({ name: "orders", scope, payload });`,
      errors: [{ messageId: "unclear" }],
    },
    {
      name: "refuses a spread that brings the scope",
      code: `defineRealtimeChannel({ name: "orders", ...secured, payload });`,
      errors: [{ messageId: "hidden", column: 41 }],
    },
    {
      name: "refuses a spread that may override the scope",
      code: `defineRealtimeChannel({ name: "orders", scope: "authenticated", ...overrides });`,
      errors: [{ messageId: "hidden" }],
    },
    {
      name: "refuses a computed key that may override the scope",
      code: `defineRealtimeChannel({ name: "orders", scope: "authenticated", [key]: "public" });`,
      errors: [{ messageId: "hidden" }],
    },
    {
      name: "refuses a description that is written elsewhere",
      code: `defineRealtimeChannel(description);`,
      errors: [{ messageId: "elsewhere", column: 23 }],
    },
    {
      name: "asks the same of an entity's channels",
      code: `
        defineEntityChannels({ entity: "order", record });
        defineEntityChannels({ entity: "order", record, scope: SCOPE });
        defineEntityChannels({ entity: "order", record, scope: "public", ...more });
      `,
      errors: [
        { messageId: "absent", line: 2 },
        { messageId: "unclear", line: 3 },
        { messageId: "hidden", line: 4 },
      ],
    },
  ],
  valid: [
    {
      name: "accepts an entity's channels with a literal",
      code: `defineEntityChannels({ entity: "order", record, scope: { role: "staff" } });`,
    },
    ...[
      '"public"',
      '"authenticated"',
      '"public" as const',
      '{ role: "staff" }',
      '{ "role": "staff" }',
      '{ userScoped: "userId" }',
      '{ userScoped: "userId" } as const',
      '{ role: "staff" as const }',
    ].map((scope) => ({
      name: `accepts ${scope}`,
      code: `defineRealtimeChannel({ name: "orders.{userId}", scope: ${scope}, payload });`,
    })),
    {
      name: "accepts a spread that the scope stands after",
      code: `defineRealtimeChannel({ ...defaults, name: "orders", scope: "authenticated" });`,
    },
    { name: "is not concerned with other functions", code: `defineEvent({ name: "order.placed" });` },
  ],
});
