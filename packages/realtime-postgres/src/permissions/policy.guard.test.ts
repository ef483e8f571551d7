import type { SubscribeRequest } from "@repo/core-realtime";
import { RealtimeError } from "@repo/core-realtime";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { sqlChannel } from "../channels/sql-channel.js";
import { SqlError } from "../client/sql-client.js";
import type { Decision } from "./decision.js";
import type { PolicyGate } from "./policy-gate.js";
import { PolicyGuard } from "./policy.guard.js";
import { UndecidedSubscriptions, type UndecidedSubscription } from "./undecided-subscriptions.js";

const { channel } = sqlChannel({ pattern: "room:%", enabled: true, historySize: 0, historyTtlMs: 0 }, undefined);
const address = { channel, name: "room:1", params: {} };
const recheck = { connectionId: "c1", user: { userId: "mia", roles: [] }, address, subscriptions: 1, isRecheck: true };

/** A guard over a database that decides when a test lets it. */
function guarded(decide: () => Promise<Decision>) {
  const clock = new FakeClock();
  const undecided = new UndecidedSubscriptions({ clock, graceMs: 30_000 });
  const due: UndecidedSubscription[] = [];
  const lastChecks: Promise<void>[] = [];
  const guard = new PolicyGuard({ gate: { subscribe: decide } as unknown as PolicyGate, clock, undecided });
  const subscribe = async (request: Partial<SubscribeRequest> = {}) =>
    guard.subscribe({ ...recheck, ...request } as unknown as SubscribeRequest);
  undecided.onLastCheck(async (targets) => {
    due.push(...targets);
    for (const _ of targets) lastChecks.push(subscribe());
    await Promise.allSettled(lastChecks);
  });
  return { clock, due, lastChecks, subscribe };
}

const allowed: Decision = { kind: "allowed", messageId: "" };
const deadlock = { kind: "failed", error: new SqlError("deadlock", { code: "40P01", isUnavailable: true }) } as const;
const refused = { code: "INTERNAL_ERROR", retryAfterMs: 1_000 };

it("waits five seconds for a database that stands still, and keeps the open subscription", async () => {
  const { clock, due, subscribe } = guarded(() => new Promise(() => undefined));
  const checked = subscribe();
  clock.advance(5_000);
  expect(await checked).toBeUndefined();
  clock.advance(19_999);
  expect(due).toEqual([]);
  clock.advance(1);
  expect(due).toEqual([{ channel: "room:1", userId: "mia" }]); // 25 s after the check began
});

it("refuses at the last check, and counts from the first check that was not decided", async () => {
  const { clock, lastChecks, subscribe } = guarded(() => Promise.resolve(deadlock));
  await subscribe();
  clock.advance(24_999);
  await subscribe();
  clock.advance(1);
  expect(lastChecks).toHaveLength(1);
  await expect(lastChecks[0]).rejects.toMatchObject(refused);
});

it("counts anew once the database has decided", async () => {
  let decision: Decision = deadlock;
  const { clock, due, subscribe } = guarded(() => Promise.resolve(decision));
  await subscribe();
  decision = allowed;
  await subscribe();
  clock.advance(30_000);
  expect(due).toEqual([]);
  decision = deadlock;
  expect(await subscribe()).toBeUndefined();
});

it("keeps nothing that was not open, that the database refuses, or that it will never decide", async () => {
  const broken = new SqlError("no such function", { code: "42883", isUnavailable: false });
  for (const [decide, request] of [
    [() => Promise.resolve(deadlock), { isRecheck: false }],
    [() => Promise.resolve({ kind: "refused" } as Decision), {}],
    [() => Promise.reject(broken), {}],
  ] as const)
    await expect(guarded(decide).subscribe(request)).rejects.toThrow(RealtimeError);
});
