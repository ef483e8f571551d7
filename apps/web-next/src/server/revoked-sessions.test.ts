import { expect, it } from "vitest";
import { InMemoryRevokedSessions } from "./revoked-sessions";

it("knows a revoked session until its time is up, and no other", () => {
  const revoked = new InMemoryRevokedSessions(() => 0);
  revoked.revoke("a", 1_000);
  expect([revoked.isRevoked("a"), revoked.isRevoked("b")]).toEqual([true, false]);
});

it("forgets what has expired, so that it cannot grow for ever", () => {
  let now = 0;
  const revoked = new InMemoryRevokedSessions(() => now);
  revoked.revoke("a", 1_000);
  now = 1_000;
  revoked.revoke("b", 2_000);
  expect(revoked.size).toBe(1);
  expect(revoked.isRevoked("b")).toBe(true);
});
