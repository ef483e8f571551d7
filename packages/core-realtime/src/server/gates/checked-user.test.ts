import { expect, it } from "vitest";
import type { RealtimeUser } from "../../index.js";
import { checkedUser } from "./checked-user.js";
import { DEFAULT_LIMITS, type RealtimeLimits } from "../limits/limits.js";
import { nodeUnderTest } from "../node-under-test.js";

const NOW = 1_800_000_000_000;
const checked = (user: unknown, limits: Partial<RealtimeLimits> = {}) =>
  checkedUser(user as RealtimeUser | null, NOW, { ...DEFAULT_LIMITS, ...limits });
const leased = (expiresAt: unknown) => ({ userId: "mia", roles: [], expiresAt }) as unknown as RealtimeUser;

it("passes on a user with a lease that ends later, with none, and an anonymous visitor", () => {
  for (const user of [leased(NOW + 1), leased(undefined), null]) expect(checked(user)).toEqual(user);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, `${NOW + 1}`, null, new Date(NOW + 1)])(
  "refuses expiresAt %o as a failure of the authenticator, with a cause that states what to do",
  (expiresAt) => {
    expect(() => checked(leased(expiresAt))).toThrow(
      expect.objectContaining({ code: "INTERNAL_ERROR", cause: expect.any(TypeError) }),
    );
  },
);

it("reports seconds that were given as milliseconds", () => {
  expect(() => checked(leased(NOW / 1000 + 60))).toThrow(
    expect.objectContaining({
      cause: expect.objectContaining({ message: expect.stringContaining("multiply by 1000") }),
    }),
  );
});

it.each([0, -1, NOW - 1, NOW])("refuses a lease that has ended, at %d, with SESSION_EXPIRED", (expiresAt) => {
  expect(() => checked(leased(expiresAt))).toThrow(expect.objectContaining({ code: "SESSION_EXPIRED" }));
});

it("refuses a user without an id as a failure of the authenticator", () => {
  expect(() => checked({ roles: [] })).toThrow(expect.objectContaining({ code: "INTERNAL_ERROR" }));
});

it.each([
  ["roles", "staff-in-training"],
  ["roles", undefined],
  ["roles", ["staff", 7]],
  ["sessionId", 7],
])("refuses %s %o as a failure of the authenticator", (field, value) => {
  expect(() => checked({ userId: "mia", roles: [], [field]: value })).toThrow(
    expect.objectContaining({
      code: "INTERNAL_ERROR",
      cause: expect.objectContaining({ message: expect.stringContaining(field) }),
    }),
  );
});

it.each([
  ["a string", "tenant"],
  ["null", null],
  ["an array", [{ tenant: "acme" }]],
  ["a Date", { since: new Date(NOW) }],
  ["a Map", new Map([["tenant", "acme"]])],
  ["a function", { mayRead: () => true }],
  ["a BigInt", { balance: 1n }],
  ["NaN", { limit: Number.NaN }],
  ["a cycle", cyclic()],
  ["a prototype", JSON.parse(`{ "__proto__": { "isAdmin": true } }`)],
])("refuses claims that are or hold %s, with a cause that states what to return", (_what, claims) => {
  expect(() => checked({ userId: "mia", roles: [], claims })).toThrow(
    expect.objectContaining({
      code: "INTERNAL_ERROR",
      cause: expect.objectContaining({ message: expect.stringContaining("claim") }),
    }),
  );
});

it("takes claims of as many bytes as the limit allows, and refuses one more", () => {
  const claims = { name: "ü" }; // 13 bytes
  expect(checked({ userId: "mia", roles: [], claims }, { maxClaimsBytes: 13 })).toMatchObject({ claims });
  expect(() => checked({ userId: "mia", roles: [], claims }, { maxClaimsBytes: 12 })).toThrow(
    expect.objectContaining({
      cause: expect.objectContaining({ message: expect.stringContaining("claims of 13 bytes, at most 12") }),
    }),
  );
});

it("keeps a deeply frozen copy: what the authenticator does with its object later changes nothing", () => {
  const own = { userId: "mia", roles: ["staff"], claims: { tenant: { ids: ["acme"] } }, password: "secret" };
  const kept = checked(own);
  own.roles.push("admin");
  own.claims.tenant.ids.push("globex");
  expect(kept).toEqual({ userId: "mia", roles: ["staff"], claims: { tenant: { ids: ["acme"] } } });
  for (const part of [kept, kept?.roles, kept?.claims, kept?.claims?.tenant, Object(kept?.claims?.tenant).ids])
    expect(part).toSatisfy(Object.isFrozen);
});

it("closes such a connection at gate 1, shows the observer why, and sets no timer", async () => {
  const { enter, observations } = await nodeUnderTest({
    authenticator: { authenticate: () => leased(Number.NaN) },
  });
  const mia = enter();
  expect(await mia.next("close")).toMatchObject({ closeCode: 4190, error: { code: "INTERNAL_ERROR" } });
  expect(JSON.stringify(mia.frames)).not.toContain("expiresAt");
  expect(observations).toContainEqual(
    expect.objectContaining({ kind: "failed", where: "authenticator", cause: expect.any(TypeError) }),
  );
});

function cyclic(): Readonly<Record<string, unknown>> {
  const claims: Record<string, unknown> = {};
  claims.self = claims;
  return claims;
}
