import { beforeEach, expect, it } from "vitest";
import { CookieAuthenticator } from "./cookie-authenticator";
import { InMemoryRevokedSessions } from "./revoked-sessions";
import { SESSION_COOKIE, Sessions } from "./sessions";

let sessions: Sessions;
let authenticator: CookieAuthenticator;
const shown = (cookie?: string) => ({ headers: { cookie } });

beforeEach(() => {
  sessions = new Sessions({
    secret: "a secret of at least thirty-two characters",
    revoked: new InMemoryRevokedSessions(),
  });
  authenticator = new CookieAuthenticator(sessions);
});

it("takes a visitor without a cookie for anonymous", async () => {
  expect(await authenticator.authenticate(shown())).toBeNull();
});

it("returns who signed in, with roles, and with the session's id and end as the lease", async () => {
  const { session, seal } = await sessions.begin("sam");
  expect(await authenticator.authenticate(shown(`${SESSION_COOKIE}=${seal}`))).toEqual({
    userId: "sam",
    roles: ["member", "staff"],
    sessionId: session.sessionId,
    expiresAt: session.expiresAt,
  });
});

it("refuses a forged cookie with UNAUTHENTICATED", async () => {
  await expect(authenticator.authenticate(shown(`${SESSION_COOKIE}=forged`))).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
});

it("refuses the replayed cookie of a session that was ended", async () => {
  const { session, seal } = await sessions.begin("mia");
  await sessions.end(session);
  await expect(authenticator.authenticate(shown(`${SESSION_COOKIE}=${seal}`))).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
});

it("refuses a session of somebody who is no longer there", async () => {
  const { seal } = await sessions.begin("gone");
  await expect(authenticator.authenticate(shown(`${SESSION_COOKIE}=${seal}`))).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
});
