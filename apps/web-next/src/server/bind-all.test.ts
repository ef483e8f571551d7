import { RealtimeHandlerRegistry } from "@repo/core-realtime/server";
import { notificationsChannels, staffNotificationsChannel } from "@repo/notifications";
import { pingChannels } from "@repo/ping";
import { boardPresence, tasksChannels } from "@repo/tasks";
import { afterEach, expect, it, vi } from "vitest";
import { bindAll } from "./bind-all";
import { inMemoryDeps } from "./in-memory-deps";

const boardChannels = tasksChannels.filter((channel) => channel !== boardPresence); // `presence.bind` registers that one
const names = [...pingChannels, ...notificationsChannels, ...boardChannels].map(({ name }) => name).sort();

afterEach(() => vi.unstubAllEnvs());

it("registers every channel of every feature, once", () => {
  const bound = bindAll()
    .registry.listChannels()
    .map(({ name }) => name);
  expect(bound).toEqual(expect.arrayContaining(names)); // a generated feature adds to them
  expect(new Set(bound).size).toBe(bound.length);
});

it.each([true, false])("binds the same channels in production (%s)", (production) => {
  const deps = inMemoryDeps({});
  const { registry } = bindAll({ ...deps, environment: { ...deps.environment, production } });
  expect(registry.listChannels()).toEqual(bindAll().registry.listChannels());
});

it("unbinds all that it bound", () => {
  const app = bindAll();
  app.unbind();
  expect(app.registry.listChannels()).toEqual([]);
});

it("leaves nothing bound where one feature cannot be", () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(staffNotificationsChannel);
  expect(() => bindAll({ ...inMemoryDeps({}), registry })).toThrow(/"notifications.staff" is already registered/);
  expect(registry.listChannels()).toEqual([staffNotificationsChannel]);
});

it("refuses a part of its dependencies and names what is missing", () => {
  const { registry, realtime } = inMemoryDeps({});
  const part = JSON.parse("{}");
  expect(() => bindAll({ ...part, registry, realtime })).toThrow(
    "bindAll takes all of its dependencies or none; add environment, expel, sessions, demoTokens, bus, tracer, logger, history, tasks, orders, webhooks, hubs, autoRefresh, annotations, or leave the argument out.",
  );
});

it("refuses an app in memory in production, in one sentence about what to do", () => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("SESSION_SECRET", "0123456789abcdef0123456789abcdef");
  expect(() => bindAll()).toThrow(
    "No realtime server runs in this process, so nothing published here would reach anyone: start the app with `pnpm start`, which runs server.ts, not with `next start`.",
  );
});

it("loads the board for a page, with sample cards in development", async () => {
  const { tasks, position } = await bindAll().loadBoard();
  expect(tasks.length).toBeGreaterThan(5);
  expect(position).toEqual({ epoch: expect.any(String), offset: 0 });
});
