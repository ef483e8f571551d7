import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bindAll } from "./bind-all";
import { shareApp, theApp } from "./the-app";

let unshare: () => void;

beforeEach(() => {
  vi.resetModules();
  unshare = () => {};
});
afterEach(() => {
  unshare();
  vi.unstubAllEnvs();
});

it("hands out the app that was shared, to a second copy of the module too", async () => {
  const app = bindAll();
  unshare = shareApp(app);
  const secondCopy = await import("./the-app");
  expect(secondCopy.theApp).not.toBe(theApp);
  expect(secondCopy.theApp()).toBe(app);
});

it("makes one app in memory where none was shared, and keeps to it", () => {
  const app = theApp();
  unshare = shareApp(app);
  expect(app.registry.listChannels()).not.toEqual([]);
  expect(theApp()).toBe(app);
});

it("does not take another app away", () => {
  const stop = shareApp(bindAll());
  const app = bindAll();
  unshare = shareApp(app);
  stop();
  expect(theApp()).toBe(app);
});

it("makes none in production", () => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("SESSION_SECRET", "0123456789abcdef0123456789abcdef");
  expect(theApp).toThrow(/start the app with `pnpm start`/);
});
