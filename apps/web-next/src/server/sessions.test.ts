import { sealData } from "iron-session";
import { beforeEach, expect, it } from "vitest";
import { InMemoryRevokedSessions } from "./revoked-sessions";
import { SESSION_COOKIE, Sessions } from "./sessions";

const secret = "a secret of at least thirty-two characters";
let now: number;
let sessions: Sessions;
const cookie = (seal: string) => `${SESSION_COOKIE}=${seal}`;

beforeEach(() => {
  now = 1_000_000;
  sessions = new Sessions({ secret, revoked: new InMemoryRevokedSessions(() => now), now: () => now });
});

it("reads back the session that it sealed, and shows none of it in the cookie", async () => {
  const { session, seal } = await sessions.begin("mia");
  expect(await sessions.read(cookie(seal))).toEqual({ kind: "open", session });
  expect(session).toMatchObject({ userId: "mia", expiresAt: now + 8 * 60 * 60 * 1_000 });
  expect(Buffer.from(seal, "base64url").toString("latin1") + seal).not.toContain("mia");
});

it("gives two sign-ins of one person two sessions", async () => {
  const [first, second] = [await sessions.begin("mia"), await sessions.begin("mia")];
  expect(first.session.sessionId).not.toBe(second.session.sessionId);
});

it.each([undefined, null, "", "theme=dark", cookie("")])("finds no session in %j", async (header) => {
  expect(await sessions.read(header)).toEqual({ kind: "none" });
});

it("refuses a seal of another secret", async () => {
  const forged = await sealData(
    { sessionId: crypto.randomUUID(), userId: "sam", expiresAt: now + 1 },
    { password: "x".repeat(32) },
  );
  expect(await sessions.read(cookie(forged))).toEqual({ kind: "refused" });
});

it("refuses a seal that was tampered with, and text that is no seal", async () => {
  const { seal } = await sessions.begin("mia");
  const middle = Math.floor(seal.length / 2);
  const tampered = seal.slice(0, middle) + (seal[middle] === "A" ? "B" : "A") + seal.slice(middle + 1);
  const foreign = seal.replace("Fe26.2", "Fe99.9");
  for (const value of [tampered, foreign, "not-a-seal", "Fe26.2*", "%00"])
    expect(await sessions.read(cookie(value))).toEqual({ kind: "refused" });
});

it("refuses sealed data that is no session", async () => {
  const seal = await sealData({ userId: "sam" }, { password: secret });
  expect(await sessions.read(cookie(seal))).toEqual({ kind: "refused" });
});

it("refuses a session whose time is up", async () => {
  const { session, seal } = await sessions.begin("mia");
  now = session.expiresAt - 1;
  expect(await sessions.read(cookie(seal))).toMatchObject({ kind: "open" });
  now = session.expiresAt;
  expect(await sessions.read(cookie(seal))).toEqual({ kind: "refused" });
});

it("refuses the replayed cookie of a session that was ended, and leaves the person's other session alone", async () => {
  const [here, there] = [await sessions.begin("mia"), await sessions.begin("mia")];
  await sessions.end(here.session);
  expect(await sessions.read(cookie(here.seal))).toEqual({ kind: "refused" });
  expect(await sessions.read(cookie(there.seal))).toMatchObject({ kind: "open" });
});
