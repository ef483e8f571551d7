import { expect, it } from "vitest";
import type { IRealtimeAuthenticator, RealtimeHandshake } from "@repo/core-realtime";
import { SESSION_COOKIE, Sessions } from "../sessions";
import { InMemoryRevokedSessions } from "../revoked-sessions";
import { DemoAuthenticator } from "./demo-authenticator";
import { DemoTokens } from "./demo-tokens";

const secret = "a secret of thirty-two characters or more";
const next: IRealtimeAuthenticator = { authenticate: () => ({ userId: "by the next", roles: [] }) };
const withToken = (token?: string): RealtimeHandshake => ({
  transport: "ws",
  url: "/realtime",
  headers: {},
  ...(token !== undefined && { token }),
});

function authenticatorWith({ isOn = true, at = 0 } = {}) {
  const tokens = new DemoTokens({ secret, isOn, now: () => at });
  return { tokens, authenticator: new DemoAuthenticator(tokens, next) };
}

it("knows the person of a token, with the roles that the server has for them, until it expires", async () => {
  const { tokens, authenticator } = authenticatorWith();
  const user = await authenticator.authenticate(withToken(await tokens.seal("sam")));
  expect(user).toEqual({ userId: "sam", roles: ["member", "staff"], expiresAt: 15 * 60_000 });
});

it("gives every other handshake to the next authenticator: no token, a forged one, somebody who is no demo person", async () => {
  const { tokens, authenticator } = authenticatorWith();
  for (const token of [undefined, "forged", await tokens.seal("root")])
    expect(await authenticator.authenticate(withToken(token))).toMatchObject({ userId: "by the next" });
});

it("opens no token that has expired, and none while demo sign-in is off", async () => {
  const token = await authenticatorWith().tokens.seal("mia");
  expect(await authenticatorWith({ at: 15 * 60_000 }).tokens.open(token)).toBeUndefined();
  expect(await authenticatorWith({ isOn: false }).tokens.open(token)).toBeUndefined();
});

it("takes no session's cookie for a token, and no token is a session's cookie", async () => {
  const sessions = new Sessions({ secret, revoked: new InMemoryRevokedSessions() });
  const { tokens } = authenticatorWith();
  expect(await tokens.open((await sessions.begin("mia")).seal)).toBeUndefined();
  const cookie = `${SESSION_COOKIE}=${await tokens.seal("mia")}`;
  expect(await sessions.read(cookie)).toEqual({ kind: "refused" });
});
