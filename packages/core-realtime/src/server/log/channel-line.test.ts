import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError, type RealtimeScope, type RealtimeUser } from "../../index.js";
import type { RealtimeOptions } from "../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const SERVING = Symbol.for("fourgate.serving-instances");

beforeEach(() => {
  vi.stubEnv("NODE_ENV", "development");
  onTestFinished(() => expect(Reflect.get(globalThis, SERVING)).toMatchObject({ size: 0 })); // else the next file's tests meet it
  return () => vi.unstubAllEnvs();
});

const payload = z.string();
const roomOf = (scope: RealtimeScope<"id">) =>
  defineRealtimeChannel({ name: "rooms.{id}", scope, payload, inbound: z.object({}) });
const USER: RealtimeUser = { userId: "mia", roles: [], claims: { tenant: "s3cret" } };
const REPAIR_ROLE = "Give the user the role in the authenticator, or change the scope.";

interface LogGiven extends Pick<RealtimeOptions, "guards"> {
  readonly scope?: RealtimeScope<"id">;
  readonly user?: RealtimeUser | null;
}

async function logOf({ scope = "public", user = null, guards = [] }: LogGiven = {}) {
  const lines: string[] = [];
  const logger = { warn: (_: unknown, line: string) => void lines.push(line), error: () => undefined };
  const { realtime, enter } = await nodeUnderTest({ authenticator: { authenticate: () => user }, guards, logger });
  realtime.registry.registerChannel(roomOf(scope));
  return { lines, realtime, mia: enter("t0ken") };
}

const visitor = "a visitor who is not signed in";
const member = "a signed-in user";
const manyRoles = ["a", "b", "c", "d", "e", "\u001b[2J"];

it.each([
  {
    scope: { role: "member" },
    user: USER,
    line: `${member} … , and the user has no roles. ${REPAIR_ROLE}`,
  },
  {
    scope: { role: "member" },
    user: { ...USER, roles: manyRoles },
    line: `${member} … , and the user has only the roles "a", "b", "c", "d", "e" and 1 more. ${REPAIR_ROLE}`,
  },
  {
    scope: "authenticated",
    user: null,
    line: `${visitor} … , and the authenticator returned null. Return a user for this connection, or change the scope.`,
  },
  {
    scope: { userScoped: "id" },
    user: USER,
    line: `${member} … : {id} is another user's id. Subscribe with the user's own id as {id}, or change the scope.`,
  },
] as const)("writes once what the scope $scope refuses, and what repairs it: $line", async ({ scope, user, line }) => {
  const { lines, mia } = await logOf({ scope, user });
  for (const channel of ["rooms.my-secret", "rooms.8"]) await mia.request({ type: "subscribe", channel });
  const reason = `with UNAUTHORIZED: the channel's scope is ${JSON.stringify(scope)}`;
  expect(lines).toEqual([`realtime: Refused "rooms.{id}" to ${line.replace("… ", reason)}`]);
  expect(lines.join()).not.toMatch(/my-secret|"mia"|s3cret|t0ken/); // neither the parameters nor the user's id, claims and token
});

it("writes nothing where a guard refuses: it does so on purpose", async () => {
  const refuse = () => {
    throw new RealtimeError("UNAUTHORIZED", { detail: "rooms.7" });
  };
  const { lines, mia } = await logOf({ user: USER, guards: [{ subscribe: refuse }] });
  const reply = await mia.request({ type: "subscribe", channel: "rooms.7" });
  expect(reply).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
  expect(lines).toEqual([]);
});

it.each([
  [defineRealtimeChannel({ name: "news", scope: "public", payload }), undefined, "the channel declares no inbound. Describe what clients may send in inbound, and call register(channel, handler)."], // prettier-ignore
  [defineRealtimeChannel({ name: "news", scope: "public", payload, inbound: payload }), undefined, "this process has registered no handler. Call register(channel, handler) in place of registerChannel(channel)."], // prettier-ignore
  [defineRealtimeChannel({ name: "news", scope: "public", payload, inbound: { hide: payload } }), "show", `its inbound has no event "show". Add the event to inbound, or send one that is there.`], // prettier-ignore
])("writes once what refuses a message before its handler, and what repairs it", async (channel, event, why) => {
  const { lines, realtime, mia } = await logOf();
  realtime.registry.registerChannel(channel);
  await mia.request({ type: "subscribe", channel: "news" });
  for (const _ of [1, 2]) await mia.request({ type: "message", channel: "news", event, payload: "pass-word" });
  expect(lines).toEqual([`realtime: Refused a message on "news" with INBOUND_REFUSED: ${why}`]);
});

it("writes once that a process has no handler, whatever event the client names", async () => {
  const { lines, realtime, mia } = await logOf();
  const inbound = { hide: payload, show: payload };
  realtime.registry.registerChannel(defineRealtimeChannel({ name: "news", scope: "public", payload, inbound }));
  await mia.request({ type: "subscribe", channel: "news" });
  for (const event of ["hide", "show"]) await mia.request({ type: "message", channel: "news", event, payload: "x" });
  expect(lines).toEqual([expect.stringContaining("this process has registered no handler.")]);
});

it.each(["guard", "handler"])("writes nothing where a %s refuses with INBOUND_REFUSED on purpose", async (by) => {
  const refuse = (place: string) => () => {
    if (by === place) throw new RealtimeError("INBOUND_REFUSED", { detail: "s3cret" });
  };
  const { lines, realtime, mia } = await logOf({ guards: [{ message: refuse("guard") }] });
  const channel = defineRealtimeChannel({ name: "news", scope: "public", payload, inbound: payload });
  realtime.registry.register(channel, refuse("handler"));
  await mia.request({ type: "subscribe", channel: "news" });
  const reply = await mia.request({ type: "message", channel: "news", payload: "x" });
  expect(reply).toMatchObject({ ok: false, error: { code: "INBOUND_REFUSED" } });
  expect(lines).toEqual([]);
});

it("writes once that a subscriber has received no opening, where the channel declares one", async () => {
  const { lines, realtime, mia } = await logOf();
  const list = { scope: "public", payload, opening: payload } as const;
  realtime.registry.registerChannel(defineRealtimeChannel({ ...list, name: "lists.{id}" }));
  realtime.registry.register(defineRealtimeChannel({ ...list, name: "open" }), { opening: () => "rows" });
  for (const channel of ["open", "lists.1", "lists.2"]) await mia.request({ type: "subscribe", channel });
  expect(lines).toEqual([
    `realtime: Subscribed a client to "lists.{id}" without an opening: the channel declares one, and this process has registered none. ` +
      "Call register(channel, { opening }) in place of registerChannel(channel).",
  ]);
});
