import type { RealtimeHandshake } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { anonymous, byToken, fixedUser, hangingAuthenticator, throwingAuthenticator } from "./fake-authenticators";
import { createRealtimeHarness } from "./harness/realtime-harness";

const mia = { userId: "mia", roles: ["member"] };
const shown = (token?: string): RealtimeHandshake => ({
  transport: "memory",
  url: "/",
  headers: {},
  ...(token !== undefined && { token }),
});

it("identifies every client as one user, or as an anonymous visitor", () => {
  expect(fixedUser(mia).authenticate(shown())).toBe(mia);
  expect(anonymous.authenticate(shown("mia"))).toBeNull();
});

it("identifies users by their token, anonymous ones by its absence, and refuses what is not listed", () => {
  const people = byToken({ mia });
  expect(people.authenticate(shown("mia"))).toBe(mia);
  expect(people.authenticate(shown())).toBeNull();
  for (const token of ["sam", "toString", "__proto__"])
    expect(() => people.authenticate(shown(token))).toThrow(/sign in again/);
});

it("keeps gate 1 waiting until its deadline where it hangs", async () => {
  const harness = await createRealtimeHarness({ authenticator: hangingAuthenticator });
  const visit = harness.visitor({ token: "mia" });
  const refused = expect(visit).rejects.toMatchObject({ code: "HANDSHAKE_TIMEOUT" });
  await harness.clock.advanceAsync(10_000);
  await refused;
  await harness.close();
});

it("closes gate 1 where it throws, and the observer sees why", async () => {
  const cause = new Error("no database");
  const harness = await createRealtimeHarness({ authenticator: throwingAuthenticator(cause) });
  await expect(harness.visitor({ token: "mia" })).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
  expect(harness.observer.of("failed")).toMatchObject([{ cause }]);
  await harness.close();
});
