import { EventEmitter } from "node:events";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { EngineSocket } from "./guarded-engine.js";
import { PENDING_LIMITS, PendingHandshakes } from "./pending-handshakes.js";
import { openNode } from "./testing/node-under-test.js";
import { connectByPolling } from "./testing/raw-polling.js";

const PATIENCE = { timeout: 20_000 };

it("keeps the newest 256 handshakes of an address, and lets each of those connect", PATIENCE, async () => {
  const { origin, observer } = await openNode();
  const sids: string[] = [];
  while (sids.length < PENDING_LIMITS.maxPerAddress + 20) {
    const { sid } = JSON.parse((await (await connectByPolling(origin)).text()).slice(1)) as { readonly sid: string };
    sids.push(sid);
  }
  const post = async (sid = "", body = "") =>
    fetch(`${origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: "POST", body });
  const connect = async (sid = "") => post(sid, "40");
  expect((await connect(sids[0])).status).toBe(400);
  expect((await connect(sids[19])).status).toBe(400);
  expect((await connect(sids[20])).status).toBe(200);
  expect((await connect(sids.at(-1))).status).toBe(200);
  await observer.seen("connected");
  await observer.seen("connected");
  await (await connectByPolling(origin)).text();
  expect((await post(sids[20], "42[]")).status).toBe(200); // a connected client is none of the 256 any more
});

it("closes the oldest of all where the total is reached, and counts no proxy's clients as one address", () => {
  const pending = new PendingHandshakes({ connectMs: 60_000, maxPerAddress: 2, maxInTotal: 4 });
  const [first, ...others] = Array.from({ length: 5 }, () => engineSocket({ "x-forwarded-for": "203.0.113.7" }));
  for (const session of [first, ...others]) if (session) pending.add(session);
  expect([first, ...others].map((session) => session?.readyState)).toEqual(["closed", "open", "open", "open", "open"]);
  for (const session of others) pending.remove(session);
  expect(pending.size).toBe(0);
});

it("forgets a client that has sent CONNECT: no later arrival closes it", () => {
  const pending = new PendingHandshakes({ connectMs: 60_000, maxPerAddress: 1, maxInTotal: 4 });
  const [mia, sam] = [engineSocket(), engineSocket()];
  pending.add(mia);
  pending.remove(mia);
  pending.add(sam);
  expect([mia.readyState, sam.readyState, pending.size]).toEqual(["open", "open", 1]);
});

it("closes clients that have not sent CONNECT in time, and leaves those that have", () => {
  const clock = new FakeClock();
  const pending = new PendingHandshakes({ connectMs: 10_000, maxPerAddress: 4, maxInTotal: 4 }, clock);
  const [mia, sam] = [engineSocket(), engineSocket()];
  pending.add(mia);
  pending.add(sam);
  pending.remove(mia);
  clock.advance(10_000);
  expect([mia.readyState, sam.readyState, pending.size]).toEqual(["open", "closed", 0]);
  expect([mia, sam].map((session) => session.listenerCount("close"))).toEqual([0, 0]); // nothing is held for a connection's whole life
});

/** What the table uses of engine.io's socket. */
function engineSocket(headers: Readonly<Record<string, string>> = {}): EngineSocket {
  const session = Object.assign(new EventEmitter(), {
    remoteAddress: "198.51.100.1",
    request: { headers },
    readyState: "open",
    close() {
      session.readyState = "closed";
      session.emit("close");
    },
  });
  return session as unknown as EngineSocket;
}
