import { encode } from "@auth/core/jwt";
import type { RealtimeHandshake } from "fourgate";
import { createRealtimeHarness } from "fourgate/testing";
import { sealData } from "iron-session";
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, it } from "vitest";
import { createAuth } from "./auth.js";
import { byAuthJs } from "./auth-js.authenticator.js";
import { byBetterAuth } from "./better-auth.authenticator.js";
import { byIronSession } from "./iron-session.authenticator.js";
import { byJwt } from "./jwt.authenticator.js";

const HOUR_S = 3_600;
const handshake = (parts: Partial<RealtimeHandshake>): RealtimeHandshake => ({
  transport: "ws",
  url: "/realtime",
  headers: {},
  ...parts,
});
const withCookie = (cookie: string) => handshake({ headers: { cookie } });

it("knows a user by a JWT, and refuses a foreign or expired one for good", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const foreign = await generateKeyPair("ES256");
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: "ES256" }] });
  const expected = { issuer: "https://id.example.com", audience: "realtime" };
  const authenticator = byJwt(keys, expected);
  const sign = (key: CryptoKey, exp: number) =>
    new SignJWT({ sub: "mia", sid: "s1", roles: ["staff"], iss: expected.issuer, aud: expected.audience, exp })
      .setProtectedHeader({ alg: "ES256" })
      .sign(key);
  const later = Math.floor(Date.now() / 1_000) + HOUR_S;

  expect(await authenticator.authenticate(handshake({ token: await sign(privateKey, later) }))).toEqual({
    userId: "mia",
    roles: ["staff"],
    sessionId: "s1",
    expiresAt: later * 1_000,
  });
  expect(await authenticator.authenticate(handshake({}))).toBeNull();
  const refused = { code: "UNAUTHENTICATED" };
  for (const token of [await sign(foreign.privateKey, later), await sign(privateKey, later - 2 * HOUR_S), "nonsense"])
    await expect(authenticator.authenticate(handshake({ token }))).rejects.toMatchObject(refused);
});

it("leaves keys that cannot be loaded as a failure that the client retries", async () => {
  const authenticator = byJwt(() => Promise.reject(new TypeError("fetch failed")), { issuer: "i", audience: "a" });
  const header = Buffer.from('{"alg":"ES256"}').toString("base64url");
  await expect(authenticator.authenticate(handshake({ token: `${header}.e30.AA` }))).rejects.toThrow("fetch failed");
});

it("knows a user by the cookie of better-auth, until the session is signed out", async () => {
  const ended: string[] = [];
  const auth = createAuth("a secret of tests, not of production", async (sessionId) => ended.push(sessionId));
  const authenticator = byBetterAuth(auth);
  const body = { email: "mia@example.com", password: "a password of a test", name: "Mia" };
  const { headers, response } = await auth.api.signUpEmail({ body, returnHeaders: true });
  const cookie = headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");

  const user = await authenticator.authenticate(withCookie(cookie));
  expect(user).toMatchObject({ userId: response.user.id, sessionId: expect.any(String) });
  expect(await authenticator.authenticate(withCookie("better-auth.session_token=nonsense"))).toBeNull();

  await auth.api.signOut({ headers: new Headers({ cookie }) });
  expect(ended).toEqual([user?.sessionId]);
  expect(await authenticator.authenticate(withCookie(cookie))).toBeNull();
});

it("knows a user by the cookie of Auth.js", async () => {
  const secret = "a secret of tests";
  const name = "authjs.session-token";
  const token = await encode({ secret, salt: name, token: { sub: "mia" }, maxAge: HOUR_S });
  const authenticator = byAuthJs(secret, false);
  expect(await authenticator.authenticate(withCookie(`${name}=${token}`))).toMatchObject({ userId: "mia" });
  expect(await authenticator.authenticate(withCookie(`${name}=nonsense`))).toBeNull();
  expect(await byAuthJs("another secret", false).authenticate(withCookie(`${name}=${token}`))).toBeNull();
});

it("knows a user by the cookie of iron-session", async () => {
  const password = "a password of tests, of 32 characters or more";
  const data = { id: "s1", userId: "mia", roles: ["staff"], expiresAt: Date.now() + HOUR_S * 1_000 };
  const seal = await sealData(data, { password });
  const authenticator = byIronSession(password, "session");
  expect(await authenticator.authenticate(withCookie(`session=${seal}`))).toEqual({
    userId: "mia",
    roles: ["staff"],
    sessionId: "s1",
    expiresAt: data.expiresAt,
  });
  expect(await authenticator.authenticate(withCookie("session=nonsense"))).toBeNull();
  const expired = await sealData({ ...data, expiresAt: 1 }, { password });
  expect(await authenticator.authenticate(withCookie(`session=${expired}`))).toBeNull();
});

it("lets a user of the authenticator in through gate 1", async () => {
  const password = "a password of tests, of 32 characters or more";
  const data = { id: "s1", userId: "mia", roles: [], expiresAt: Date.now() + HOUR_S * 1_000 };
  const harness = await createRealtimeHarness({ authenticator: byIronSession(password, "session") });
  await harness.visitor({ headers: { cookie: `session=${await sealData(data, { password })}` } });
  expect(harness.realtime.connections()).toMatchObject([{ user: { userId: "mia" } }]);
  await harness.close();
});
