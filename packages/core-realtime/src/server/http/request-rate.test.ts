import { expect, it } from "vitest";
import { RequestRate } from "./request-rate.js";

it("limits a user's requests, an address's where nobody is signed in, and returns when to come back", () => {
  let now = 0;
  const rate = new RequestRate({ rate: { perSecond: 1, burst: 2 }, clock: { monotonic: () => now } });
  const mia = { userId: "mia", roles: [] };
  const from = { remoteAddress: "192.0.2.1" };
  rate.take(mia, from);
  rate.take(mia, from);
  expect(() => rate.take(mia, { remoteAddress: "192.0.2.2" })).toThrow(
    expect.objectContaining({ code: "RATE_LIMITED", retryAfterMs: 1_000 }),
  );
  rate.take({ userId: "sam", roles: [] }, from);
  for (let requests = 0; requests < 20; requests += 1) rate.take(null, from);
  expect(() => rate.take(null, from)).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
  rate.take(null, { remoteAddress: "192.0.2.2" });
  now += 1_000;
  rate.take(mia, from);
});
