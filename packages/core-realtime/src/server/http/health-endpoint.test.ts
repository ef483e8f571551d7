import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { HealthEndpoint } from "./health-endpoint.js";

const probe = async (endpoint: HealthEndpoint, path: string) => {
  const response = await endpoint.fetch(new Request(`http://localhost${path}`));
  return [response.status, await response.json()];
};

it("is live from the start, and ready between ready() and drain()", async () => {
  const health = new HealthEndpoint();
  expect(await probe(health, "/healthz")).toEqual([200, { status: "live" }]);
  expect(await probe(health, "/readyz")).toEqual([503, { status: "starting" }]);
  health.ready();
  expect(await probe(health, "/readyz")).toEqual([200, { status: "ready" }]);
  void health.drain();
  health.ready();
  expect(await probe(health, "/readyz")).toEqual([503, { status: "draining" }]);
  expect(await probe(health, "/healthz")).toEqual([200, { status: "live" }]);
});

it("is not ready while a check rejects, names the check to the probe and gives the cause to onError alone", async () => {
  let isAway = true;
  const onError = vi.fn();
  const away = new Error("password authentication failed");
  const database = () => (isAway ? Promise.reject(away) : Promise.resolve());
  const health = new HealthEndpoint({ checks: { database, broker: async () => undefined }, onError });
  health.ready();
  expect(await probe(health, "/readyz")).toEqual([503, { status: "unavailable", failed: ["database"] }]);
  expect(onError).toHaveBeenCalledExactlyOnceWith("database", away);
  isAway = false;
  expect(await probe(health, "/readyz")).toEqual([200, { status: "ready" }]);
});

it("is not ready where a check throws, or takes too long, and by default the console shows why", async () => {
  const printed = vi.spyOn(console, "error").mockReturnValue(undefined);
  onTestFinished(() => printed.mockRestore());
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const broken = () => {
    throw new TypeError("no such table");
  };
  const health = new HealthEndpoint({ checks: { broken, hanging: () => new Promise(() => undefined) } });
  health.ready();
  const probed = probe(health, "/readyz");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await probed).toEqual([503, { status: "unavailable", failed: ["broken", "hanging"] }]);
  expect(printed.mock.calls.flat()).toEqual([
    expect.stringMatching(/The check "broken" failed[\s\S]*no such table/),
    expect.stringMatching(/The check "hanging" failed[\s\S]*longer than 2000 ms/),
  ]);
});

it("runs a check once for all probes that wait", async () => {
  const check = vi.fn(async () => undefined);
  const health = new HealthEndpoint({ checks: { check } });
  health.ready();
  await Promise.all([probe(health, "/readyz"), probe(health, "/readyz")]);
  expect(check).toHaveBeenCalledTimes(1);
});

it("takes its two paths of Node's HTTP server, and caches nothing", async () => {
  const health = new HealthEndpoint({ livePath: "/app/healthz" });
  const server = createServer((request, response) => {
    if (health.isOwn(request)) health.handleRequest(request, response);
    else response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const live = await fetch(`${url}/app/healthz?from=balancer`);
  expect([live.status, live.headers.get("cache-control"), await live.json()]).toEqual([
    200,
    "no-store",
    { status: "live" },
  ]);
  expect((await fetch(`${url}/readyz`, { method: "HEAD" })).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(404);
});

it("gives balancers the time to notice that it drains, where it is asked to", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const health = new HealthEndpoint();
  health.ready();
  const noticed = vi.fn();
  void health.drain(3_000).then(noticed);
  expect(await probe(health, "/readyz")).toEqual([503, { status: "draining" }]);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(noticed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(noticed).toHaveBeenCalledTimes(1);
});
