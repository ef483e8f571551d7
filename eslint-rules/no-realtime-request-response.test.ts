import { noRealtimeRequestResponse } from "./no-realtime-request-response.ts";
import { ruleTester } from "./testing/rule-tester.ts";

const filename = "packages/orders/src/realtime/handlers/on-order-status.handler.ts";
const elsewhere = "packages/orders/src/di/bind-production.ts";
const readOnly = [{ messageId: "readOnly" }] as const;

ruleTester.run("no-realtime-request-response", noRealtimeRequestResponse, {
  invalid: [
    ...[
      "orders.findById(params.orderId)",
      "await orders.find({ id: params.orderId })",
      "deps.orders.getOrder(params.orderId)",
      "deps.orders.list()",
      "getOrder(params.orderId)",
      "deps.orders.findFirstOrThrow(params.orderId)",
      "deps.api.fetchOrder(params.orderId)",
      'db.query("select * from orders where id = $1", [params.orderId])',
      "db.query(`with recent as (select 1) select * from recent where id = ${params.orderId}`)",
      "db.query(sql`select * from orders where id = ${params.orderId}`)",
      "sql`SELECT * FROM orders WHERE id = ${params.orderId}`",
      "db.sql`select * from orders where id = ${params.orderId}`",
      "orders.query({ id: params.orderId })",
      "db.query.orders.findMany({ where: { id: params.orderId } })",
      "db.select().from(orders).where({ id: 1 }).limit(1)",
      'db.selectFrom("orders").selectAll().where("id", "=", params.orderId).executeTakeFirst()',
      "(await orders.list()).map((order) => ({ id: order.id, at: new Date(order.at).toISOString() }))",
      "orders.find(params.orderId).then((order) => order.status)",
      "({ orders: await orders.list(), total: Number(payload.total) })",
    ].map((body) => ({
      name: `refuses a handler that only answers ${body}`,
      code: `export const onOrderStatus = ({ orders }: Deps) => async ({ params, payload }: Message) => ${body};`,
      filename,
      errors: [{ messageId: "readOnly", line: 1, column: 52 }] as const,
    })),
    {
      name: "follows what was read through names, refusals and shaping",
      code: `
        export const onOrderStatus = (deps) => async ({ params, user }) => {
          const order = await deps.orders.findById(params.orderId);
          if (!order) throw new RealtimeError("NOT_FOUND");
          const { status, lines } = order;
          const names = lines.filter((line) => line.visible).map(({ name }) => name);
          return { status, names };
        };
      `,
      filename,
      errors: readOnly,
    },
    {
      name: "sees a handler without a factory, a declaration and a default export",
      code: `
        export async function onA({ params }) { return orders.getOrder(params.id); }
        export function onB(deps) { const { orders } = deps; return async function ({ params }) { return orders.getOrder(params.id); }; }
        export default (deps) => ({ params }) => deps.orders.getOrder(params.id);
      `,
      filename,
      errors: [
        { messageId: "readOnly", line: 2 },
        { messageId: "readOnly", line: 3, column: 69 },
        { messageId: "readOnly", line: 4, column: 34 },
      ],
    },
    ...[
      "const h: RealtimeHandler<typeof c> = ({ params }) => orders.getOrder(params.id);",
      "const h = (({ params }) => orders.getOrder(params.id)) satisfies RealtimeHandler<typeof c>;",
      "const h = (deps: Deps): RealtimeHandler<typeof c> => ({ params }) => deps.orders.getOrder(params.id);",
      "const h: (deps: Deps) => RealtimeHandler<typeof c> = (deps) => ({ params }) => deps.orders.getOrder(params.id);",
      "function make(deps: Deps): RealtimeHandler<typeof c> { return ({ params }) => deps.orders.getOrder(params.id); }",
      "registry.register(c, ({ params }) => orders.getOrder(params.id));",
      "context.handlerRegistry.register(c, async function ({ params }) { return orders.getOrder(params.id); });",
      "this.#registry.register(c, { handler: ({ params }) => orders.getOrder(params.id), opening });",
      "registry.register(c, withSpan(tracer, {}, withCapture(logger, {}, ({ params }) => orders.getOrder(params.id))));",
      "registry.register(c, { handler: withSpan(tracer, {}, ({ params }) => orders.getOrder(params.id)) });",
      "registry.register(c, traced(context, 'orders', ({ params }) => orders.getOrder(params.id)));",
    ].map((code) => ({
      name: `recognises a handler in any file: ${code}`,
      code,
      filename: elsewhere,
      errors: readOnly,
    })),
  ],
  valid: [
    ...[
      "deps.addNote({ note: payload.note })",
      "realtime.broadcast(orderStatusChannel, await orders.getOrder(params.id))",
      "bus.publish(await orders.getOrder(params.id))",
      "orders.getOrder(params.id).ship()",
      "orders.findOneAndUpdate({ id: params.id }, payload)",
      "orders.findOrCreate(params.id)",
      "orders.getAndIncrement(params.id)",
      "fetch(url)",
      "fetch(url, { method: 'POST' }).then((response) => response.json())",
      "db.query(INSERT_NOTE, [payload.note])",
      'db.query("insert into notes values ($1)", [payload.note])',
      'db.query("with gone as (delete from notes returning id) select id from gone")',
      "db.query(`select pg_notify('orders', ${payload.note})`)",
      "sql`update orders set status = 'seen'`",
      "html`select an order`",
      "job.execute(orders.getOrder(params.id))",
      "db.insertInto('notes').values(payload).execute()",
      "deps[payload.kind](params.id)",
      "deps[getOrder](params.id)",
      "({ at: clock.now() })",
      "payload",
      "new Order(await orders.getOrder(params.id))",
      "import('./orders.js')",
    ].map((body) => ({
      name: `leaves a handler alone that answers ${body}`,
      code: `export const onOrderStatus = ({ orders }: Deps) => async ({ params, payload }: Message) => ${body};`,
      filename,
    })),
    ...[
      `const order = await orders.getOrder(params.id); await realtime.broadcast(c, order); return order;`,
      `const order = await orders.getOrder(params.id); order.seen = true; return order;`,
      `const order = await orders.getOrder(params.id); delete order.secret; return order;`,
      `const order = await orders.getOrder(params.id); count++; return order;`,
      `const order = await orders.getOrder(params.id); for (const line of order.lines) ship(line); return order;`,
      `const order = await orders.getOrder(params.id); await import("./count.js"); return order;`,
      `await orders.getOrder(params.id);`,
      `await orders.getOrder(params.id); return { ok: yes };`,
      `return;`,
    ].map((body) => ({
      name: `leaves a handler alone that does ${body}`,
      code: `export const onOrderStatus = (deps) => async ({ params }) => { ${body} };`,
      filename,
    })),
    ...[
      "const read = ({ params }) => orders.getOrder(params.id);",
      "export const read = ({ params }) => orders.getOrder(params.id);",
      "container.register(c, () => orders.getOrder());",
      "registry.register(c, onOrder({ clock: () => clock.getTime() }));",
      "registry.register(c, withSpan(() => tracer.getSpan(), handler));",
      "registry.register(c, { opening: ({ params }) => orders.getOrder(params.id), handler });",
      "registry.registerChannel(c, () => orders.getOrder());",
      "registry.register(() => channels.getOne(), handler);",
      "const opening: RealtimeOpening<typeof c> = ({ params }) => orders.getOrder(params.id);",
    ].map((code) => ({ name: `takes this for no handler: ${code}`, code, filename: elsewhere })),
    {
      name: "takes nothing for a handler in a handler's test, and no private helper in its file",
      code: `export const read = () => orders.getOrder();`,
      filename: filename.replace(".ts", ".test.ts"),
    },
    {
      name: "takes a private helper in a handler file for no handler",
      code: `const read = (id) => orders.getOrder(id); function readToo(id) { return orders.getOrder(id); }`,
      filename,
    },
    {
      name: "looks where it was told",
      code: `export const onOrderStatus = () => () => orders.list();`,
      filename,
      options: [{ handlers: ["**/live/answers/**"] }],
    },
  ],
});
