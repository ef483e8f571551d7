import { expect, it } from "vitest";
import { action, counter, serve } from "./served-pages.js";

const forwarded = { "x-forwarded-for": "198.51.100.1" };

it("limits the requests of an address before it authenticates, and serves a proxy's visitors", async () => {
  let authenticated = 0;
  const authenticator = {
    authenticate() {
      authenticated += 1;
      return null;
    },
  };
  const { call } = await serve([counter], { authenticator, rate: { perSecond: 0.001, burst: 1 } });
  for (let requests = 0; requests < 10; requests += 1) await call("/counter");
  expect((await call("/counter")).status).toBe(429);
  expect((await call("/counter", action({ k: "old", r: 1, i: "e", a: null }))).status).toBe(429);
  expect(authenticated).toBe(10);
  expect((await call("/counter", { headers: forwarded })).status).toBe(200);
});

it("accepts no forwarding header but those of the named proxies", async () => {
  const { call } = await serve([counter], { proxies: ["203.0.113.0/24"], rate: { perSecond: 0.001, burst: 1 } });
  for (let requests = 0; requests < 10; requests += 1) await call("/counter", { headers: forwarded });
  expect((await call("/counter", { headers: forwarded })).status).toBe(429);
});
