import { beforeEach, expect, it } from "vitest";
import { bindAll, type BoundApp } from "../bind-all";
import { inMemoryDeps } from "../in-memory-deps";
import { SESSION_COOKIE } from "../sessions";
import { enablePattern, letReceiverAccept, redeliver, runUpdate } from "./order-actions";
import type { IOrderDesk, IWebhookDesk, OrderUpdate } from "./order-desk";

let app: BoundApp;
let updates: OrderUpdate[];
let headersOf: (userId: string, origin?: string) => Promise<Headers>;

beforeEach(() => {
  updates = [];
  const orders: IOrderDesk = {
    script: "",
    list: async () => [],
    update: async (update) => {
      updates.push(update);
      return { sql: "", rows: 1, durationMs: 1 };
    },
    isPatternEnabled: async () => true,
    enablePattern: () => Promise.reject(new Error("the database is away")),
  };
  const webhooks: IWebhookDesk = {
    isAccepting: true,
    deliveries: async () => [],
    redeliver: async (id) => id === "7",
    receive: () => 204,
  };
  app = bindAll({ ...inMemoryDeps({}), orders, webhooks });
  headersOf = async (userId, origin = "http://localhost") => {
    const { seal } = await app.sessions.begin(userId);
    return new Headers({ host: "localhost", origin, cookie: `${SESSION_COOKIE}=${seal}` });
  };
});

it("runs an UPDATE for staff, of one order or of one customer's", async () => {
  const headers = await headersOf("sam");
  expect(await runUpdate(app, headers, form("7", "paid"))).toMatchObject({ ok: true, result: { rows: 1 } });
  await runUpdate(app, headers, form("mia", "shipped"));
  expect(updates).toEqual([
    { target: { id: 7 }, status: "paid", end: "commit" },
    { target: { customer: "mia" }, status: "shipped", end: "commit" },
  ]);
});

it("does nothing for a member, for a visitor, and for a foreign page", async () => {
  const foreign = await headersOf("sam", "https://evil.example");
  for (const headers of [
    await headersOf("mia"),
    new Headers({ host: "localhost", origin: "http://localhost" }),
    foreign,
  ])
    for (const outcome of [
      runUpdate(app, headers, form("mia", "paid")),
      enablePattern(app, headers, false),
      redeliver(app, headers, "7"),
      letReceiverAccept(app, headers, false),
    ])
      expect(await outcome).toMatchObject({ ok: false });
  expect([updates, app.webhooks.isAccepting]).toEqual([[], true]);
});

it.each([
  ["'; drop table orders; --", "paid"],
  ["mia", "'; drop table orders; --"],
])("takes no other rows and no other status (%s, %s)", async (target, status) => {
  expect(await runUpdate(app, await headersOf("sam"), form(target, status))).toMatchObject({ ok: false });
  expect(updates).toEqual([]);
});

it("reports that the database is away, and redelivers what there is", async () => {
  const headers = await headersOf("sam");
  expect(await enablePattern(app, headers, false)).toEqual({
    ok: false,
    why: "The database refused or is away. Try again.",
  });
  expect(await redeliver(app, headers, "7")).toEqual({ ok: true, result: true });
});

function form(target: string, status: string): FormData {
  const filled = new FormData();
  for (const [name, value] of Object.entries({ target, status, end: "commit" })) filled.set(name, value);
  return filled;
}
