import { expect, it } from "vitest";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import { RequestRate, type RequestRateOptions } from "./request-rate.js";

const LIMITED = expect.objectContaining({ code: "RATE_LIMITED", retryAfterMs: 1_000 });

/** One request a second for a user, 2 at once; ten times as much for an address. A token is the user's id. */
function limited(options: Pick<RequestRateOptions, "proxies"> = {}) {
  let now = 0;
  let authenticated = 0;
  const clock = { monotonic: () => now };
  const rate = new RequestRate({ rate: { perSecond: 1, burst: 2 }, clock, ...options });
  const authenticator = {
    async authenticate({ token }: RealtimeHandshake) {
      authenticated += 1;
      return token === undefined ? null : { userId: token, roles: [] };
    },
  };
  return {
    pass: (ms: number) => void (now += ms),
    authenticated: () => authenticated,
    request: (remoteAddress: string | undefined, token?: string, headers: Record<string, string> = {}) =>
      rate.authenticate(authenticator, { transport: "http", url: "/", headers, token, remoteAddress }),
  };
}

const times = (count: number) => Array.from({ length: count });

it("limits a user's requests, from wherever they come, and sends the time to come back", async () => {
  const { request, pass } = limited();
  await request("192.0.2.1", "mia");
  await request("192.0.2.1", "mia");
  await expect(request("192.0.2.2", "mia")).rejects.toEqual(LIMITED);
  await request("192.0.2.1", "sam");
  pass(1_000);
  expect(await request("192.0.2.1", "mia")).toEqual({ userId: "mia", roles: [] });
});

it("limits an address before it authenticates", async () => {
  const { request, authenticated } = limited();
  for (const _ of times(20)) await request("192.0.2.1");
  await expect(request("192.0.2.1")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(request("192.0.2.1", "mia")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(authenticated()).toBe(20);
  await request("192.0.2.2");
});

it("limits no address for its users, unless one of them sends too much", async () => {
  const { request, authenticated } = limited();
  for (const at of times(60).keys()) await request("192.0.2.1", `user ${at}`);
  for (const _ of times(2)) await request("192.0.2.1", "mia");
  for (const _ of times(30)) await request("192.0.2.1", "mia").catch(() => undefined);
  expect(authenticated()).toBe(60 + 2 + 20);
});

it("counts IPv6 by its network of 64 bits", async () => {
  const { request } = limited();
  for (const at of times(20).keys()) await request(`2001:db8:1:2::${at}`);
  await expect(request("2001:db8:1:2:ffff::1")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await request("2001:db8:1:3::1");
});

it("does not count the visitors of a proxy as one address, nor accept the headers of others as a proxy's", async () => {
  const { request } = limited({ proxies: ["203.0.113.0/24"] });
  for (const _ of times(21)) await request("203.0.113.7");
  const forwarded = { "x-forwarded-for": "198.51.100.1" };
  for (const _ of times(20)) await request("10.0.0.1", undefined, forwarded);
  await expect(request("10.0.0.1", undefined, forwarded)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  const byDefault = limited();
  for (const _ of times(21)) await byDefault.request("10.0.0.1", undefined, forwarded);
});
