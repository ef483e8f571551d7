import { expect, it, vi } from "vitest";
import type { ChannelListener } from "../channel/channel-listener.js";
import { joinPresence, type PresenceHandle, type PresenceMember, type PresenceMessage } from "../join-presence.js";
import { RealtimeRefusal } from "../realtime-refusal.js";
import type { PresencePiece } from "./presence-message.js";

const member = (connectionId: string, joinedAt = Number(connectionId), meta?: string): PresenceMember<string> => ({
  connectionId,
  userId: `u${connectionId}`,
  joinedAt,
  ...(meta !== undefined && { meta }),
});
const piece = (ids: string, next?: string): PresencePiece<string> => ({
  members: [...ids].map((id) => member(id)),
  ...(next !== undefined && { next }),
});

/** A presence channel whose server is the test: it opens, sends, and replies to each request for a piece. */
function setUp() {
  let listener: ChannelListener<PresenceMessage<string>> = {};
  const requests: {
    readonly after: string;
    reply(piece: PresencePiece<string>): Promise<void>;
    refuse(error: RealtimeRefusal): Promise<void>;
  }[] = [];
  const published: string[] = [];
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const handle: PresenceHandle<string> = {
    subscribe: (given) => ((listener = given), () => undefined),
    publish: (...[event, payload]) =>
      new Promise((resolve, reject) => {
        published.push(event);
        if ("meta" in payload) return resolve(undefined);
        requests.push({
          after: payload.after,
          reply: (reply) => (resolve(reply), settled()),
          refuse: (error) => (reject(error), settled()),
        });
      }),
  };
  const presence = joinPresence<string>({ subscribe: () => () => undefined }, handle);
  const ids = () => presence.members.map(({ connectionId }) => connectionId).join("");
  const send = (event: "presence:join" | "presence:leave", one: PresenceMember<string>) =>
    listener.message?.({ event, payload: { member: one, tabs: 1 } });
  const update = (one: PresenceMember<string>) => listener.message?.({ event: "presence:update", payload: one });
  const open = (first: PresencePiece<string>) => listener.opening?.(first);
  const sync = (first: PresencePiece<string>) => listener.message?.({ event: "presence:sync", payload: first });
  return { presence, ids, send, update, open, sync, requests, published };
}

it("requests piece by piece, shows what it has, and reports when the list is complete", async () => {
  const { presence, ids, open, requests } = setUp();
  open(piece("12", "a"));
  expect([ids(), presence.isComplete, requests[0]?.after]).toEqual(["12", false, "a"]);
  await requests[0]?.reply(piece("34", "b"));
  expect([ids(), presence.isComplete, requests[1]?.after]).toEqual(["1234", false, "b"]);
  await requests[1]?.reply(piece("5"));
  expect([ids(), presence.isComplete, requests.length]).toEqual(["12345", true, 2]);
});

it("keeps what a message brought between two pieces: a piece is older", async () => {
  const { presence, ids, open, send, update, requests } = setUp();
  open(piece("1", "a"));
  send("presence:leave", member("2")); // not listed yet: the piece that lists it was read before it left
  send("presence:join", member("9"));
  update(member("3", 3, "new"));
  await requests[0]?.reply({ members: [member("2"), member("3", 3, "old"), member("4")] });
  expect(ids()).toBe("1349");
  expect(presence.members[1]?.meta).toBe("new");
});

it("replaces the members by a list that is sent anew, and requests its other pieces", async () => {
  const { presence, ids, open, sync, requests } = setUp();
  open(piece("12", "a"));
  sync(piece("23", "b"));
  expect([ids(), presence.isComplete, requests[1]?.after]).toEqual(["23", false, "b"]);
  await requests[0]?.reply(piece("9")); // of the list before
  await requests[1]?.reply(piece("4"));
  expect([ids(), presence.isComplete]).toEqual(["234", true]);
});

it("lists the oldest first, whatever came in between", async () => {
  const { ids, open, send, requests } = setUp();
  open(piece("15", "a"));
  send("presence:join", member("9"));
  await requests[0]?.reply(piece("37"));
  expect(ids()).toBe("13579");
});

it("ignores the piece of a list that began before a reconnect", async () => {
  const { presence, ids, open, requests } = setUp();
  open(piece("12", "a"));
  open(piece("1"));
  await requests[0]?.reply(piece("3"));
  expect([ids(), presence.isComplete]).toEqual(["1", true]);
});

it("forgets between two lists what messages brought", () => {
  const { ids, open, send } = setUp();
  open(piece("1"));
  send("presence:leave", member("2"));
  open(piece("12"));
  expect(ids()).toBe("12");
});

it("requests a piece again after the wait that a refusal names, and not where it is refused for good", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  try {
    const { ids, open, requests } = setUp();
    open(piece("1", "a"));
    await requests[0]?.refuse(
      new RealtimeRefusal({ code: "RATE_LIMITED", message: "", retry: "later", retryAfterMs: 300 }),
    );
    vi.advanceTimersByTime(299);
    expect(requests).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(requests[1]?.after).toBe("a");
    await requests[1]?.refuse(new RealtimeRefusal({ code: "OVERLOADED", message: "", retry: "later" }));
    open(piece("1", "b")); // another list meanwhile: of the earlier one nothing is requested any more
    vi.advanceTimersByTime(60_000);
    expect(requests.map(({ after }) => after)).toEqual(["a", "a", "b"]);
    await requests[2]?.refuse(new RealtimeRefusal({ code: "UNAUTHORIZED", message: "", retry: "never" }));
    vi.advanceTimersByTime(60_000);
    expect([requests.length, ids()]).toEqual([3, "1"]);
  } finally {
    vi.useRealTimers();
  }
});

it("requests nothing more once it has left", async () => {
  const { presence, ids, open, requests } = setUp();
  open(piece("1", "a"));
  presence.leave();
  await requests[0]?.reply(piece("2", "b"));
  expect([ids(), requests.length]).toEqual(["", 1]);
});

it("publishes again on the next connection what it published last, before it requests the rest of the list", async () => {
  const { presence, open, published } = setUp();
  await presence.update("card 7");
  open(piece("1", "a"));
  expect(published).toEqual(["presence:heartbeat", "presence:heartbeat", "presence:list"]);
});

it("calls a watcher once that watches anew while it is called, and none that has stopped meanwhile", () => {
  const { presence, open } = setUp();
  let calls = 0;
  let stop = presence.watch(again);
  const stopOther = presence.watch(() => (calls += 100));
  function again() {
    calls += 1;
    stop();
    stopOther();
    stop = presence.watch(again);
  }
  open(piece("1"));
  expect(calls).toBe(1);
  open(piece("12"));
  expect(calls).toBe(2);
});
