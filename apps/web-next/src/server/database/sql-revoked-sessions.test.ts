import { sharedDatabase } from "@repo/postgres-testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { SESSION_COOKIE, Sessions } from "../sessions";
import { openAppDatabase } from "./open-app-database";
import { SqlRevokedSessions } from "./sql-revoked-sessions";

vi.setConfig({ testTimeout: 60_000 }); // a database is prepared, on a busy machine

const secret = "a secret of at least thirty-two characters";
const HOUR_MS = 3_600_000;

it("refuses on every process the cookie of a session that one of them has ended, and no other", async () => {
  const [first, second] = await openTwice();
  const [here, there] = [await sessionsOf(first), await sessionsOf(second)];
  const [ended, open] = [await here.begin("mia"), await here.begin("mia")];
  await here.end(ended.session);
  expect(await there.read(`${SESSION_COOKIE}=${ended.seal}`)).toEqual({ kind: "refused" });
  expect(await there.read(`${SESSION_COOKIE}=${open.seal}`)).toEqual({ kind: "open", session: open.session });
});

it("ends a session twice without an error, and forgets what has expired, so that it cannot grow for ever", async () => {
  const [client] = await openTwice();
  const revoked = await SqlRevokedSessions.open(client);
  await revoked.revoke("old", Date.now() - HOUR_MS - 1);
  await revoked.revoke("late", Date.now() - HOUR_MS / 2); // a process whose clock is behind would take its seal
  for (let times = 0; times < 2; times += 1) await revoked.revoke("new", Date.now() + HOUR_MS);
  expect(await client.query("select session_id from demo.revoked_sessions order by session_id")).toEqual([
    { session_id: "late" },
    { session_id: "new" },
  ]);
  expect([await revoked.isRevoked("new"), await revoked.isRevoked("old")]).toEqual([true, false]);
});

async function sessionsOf(client: Parameters<typeof SqlRevokedSessions.open>[0]) {
  return new Sessions({ secret, revoked: await SqlRevokedSessions.open(client) });
}

/** Two clients of one database, as two processes have them. */
async function openTwice() {
  const { connectionString } = await sharedDatabase();
  const open = async () => {
    const client = await openAppDatabase({ kind: "server", connectionString });
    onTestFinished(() => client.close());
    return client;
  };
  return [await open(), await open()] as const;
}
