import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { ClaimQuota, type Claimer } from "./claim-quota.js";

const HOUR_MS = 3_600_000;
const mia: Claimer = { key: "mia", who: "user" };
const home: Claimer = { key: "192.0.2.1", who: "address" };
const unknown: Claimer = { key: "", who: "unknown" };
const refused = { code: "RATE_LIMITED", retryAfterMs: expect.any(Number) as unknown };

async function claimTimes(quota: ClaimQuota, claimer: Claimer, count: number): Promise<void> {
  for (let claims = 0; claims < count; claims += 1) await quota.take(claimer, async () => true);
}

it("refuses a user after 1 000 claims, an address after ten and visitors without one after fifty times as many, and takes those of others", async () => {
  const clock = new FakeClock();
  const quota = new ClaimQuota(HOUR_MS, clock);
  await claimTimes(quota, mia, 1_000);
  await expect(claimTimes(quota, mia, 1)).rejects.toMatchObject(refused);
  await claimTimes(quota, { key: "sam", who: "user" }, 1_000);
  await claimTimes(quota, home, 10_000);
  await expect(claimTimes(quota, home, 1)).rejects.toMatchObject(refused);
  await claimTimes(quota, unknown, 50_000);
  await expect(claimTimes(quota, unknown, 1)).rejects.toMatchObject(refused);
  clock.advance(HOUR_MS);
  await claimTimes(quota, mia, 1_000);
});

it("counts no claim that was made before", async () => {
  const quota = new ClaimQuota(HOUR_MS, new FakeClock());
  for (let claims = 0; claims < 2_000; claims += 1) expect(await quota.take(mia, async () => false)).toBe(false);
  await claimTimes(quota, mia, 1_000);
});
