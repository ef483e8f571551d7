import { expect, it } from "vitest";
import type { RealtimeUser } from "../../index.js";
import { checkedUser } from "./checked-user.js";
import { nodeUnderTest } from "../node-under-test.js";

const NOW = 1_800_000_000_000;
const leased = (expiresAt: unknown) => ({ userId: "mia", roles: [], expiresAt }) as unknown as RealtimeUser;

it("passes on a user with a lease that ends later, with none, and an anonymous visitor", () => {
  for (const user of [leased(NOW + 1), leased(undefined), null]) expect(checkedUser(user, NOW)).toBe(user);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, `${NOW + 1}`, null, new Date(NOW + 1)])(
  "refuses expiresAt %o as a failure of the authenticator, with a cause that says what to do",
  (expiresAt) => {
    expect(() => checkedUser(leased(expiresAt), NOW)).toThrow(
      expect.objectContaining({ code: "INTERNAL_ERROR", cause: expect.any(TypeError) }),
    );
  },
);

it("says of seconds that they are no milliseconds", () => {
  expect(() => checkedUser(leased(NOW / 1000 + 60), NOW)).toThrow(
    expect.objectContaining({
      cause: expect.objectContaining({ message: expect.stringContaining("multiply by 1000") }),
    }),
  );
});

it.each([0, -1, NOW - 1, NOW])("refuses a lease that has ended, at %d, with SESSION_EXPIRED", (expiresAt) => {
  expect(() => checkedUser(leased(expiresAt), NOW)).toThrow(expect.objectContaining({ code: "SESSION_EXPIRED" }));
});

it("refuses a user without an id as a failure of the authenticator", () => {
  expect(() => checkedUser({ roles: [] } as unknown as RealtimeUser, NOW)).toThrow(
    expect.objectContaining({ code: "INTERNAL_ERROR" }),
  );
});

it("closes such a connection at gate 1, shows the observer why, and sets no timer", async () => {
  const { enter, observations } = await nodeUnderTest({
    authenticator: { authenticate: () => leased(Number.NaN) },
  });
  const mia = enter();
  expect(await mia.next("close")).toMatchObject({ closeCode: 4190, error: { code: "INTERNAL_ERROR" } });
  expect(JSON.stringify(mia.frames)).not.toContain("expiresAt");
  expect(observations).toContainEqual(
    expect.objectContaining({ kind: "failed", where: "gate", cause: expect.any(TypeError) }),
  );
});
