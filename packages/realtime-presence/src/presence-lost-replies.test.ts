import { expect, it } from "vitest";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import type { IPresenceStore } from "./presence-store.js";
import { board, onBoard, presenceUnderTest, seen, TICK_MS } from "./presence-under-test.js";

const LOST = new Error("The connection to the store was lost.");
const RETRIED_MS = 5_000 + TICK_MS; // the next heartbeat writes again what failed

/** A store in memory of which one call executes as it should and whose reply is then lost, or comes late. */
function unreliableStore() {
  const memory = new InMemoryPresenceStore();
  let next: { readonly call: "put" | "remove"; readonly execute: (run: () => unknown) => Promise<never> } | undefined;
  const through = <Result>(call: "put" | "remove", run: () => Result): Promise<never> | Result => {
    if (next?.call !== call) return run();
    const { execute } = next;
    next = undefined;
    return execute(run);
  };
  const store: IPresenceStore = {
    put: (...args) => through("put", () => memory.put(...args)),
    remove: (...args) => through("remove", () => memory.remove(...args)),
    list: (...args) => memory.list(...args),
    beat: (nodeId) => memory.beat(nodeId),
    reap: (silentMs) => memory.reap(silentMs),
  };
  return {
    store,
    loseReplyOf(call: "put" | "remove") {
      next = {
        call,
        async execute(run) {
          run();
          throw LOST;
        },
      };
    },
    refuse(call: "put" | "remove") {
      next = { call, execute: () => Promise.reject(LOST) };
    },
    /** The call executes when the returned function is called. */
    delay(call: "put" | "remove"): () => void {
      let finish: () => void = () => undefined;
      next = {
        call,
        execute: (run) => new Promise<never>((resolve) => (finish = () => resolve(run() as never))),
      };
      return () => finish();
    },
  };
}

it("removes a member whose put was executed without a reply, when it has left", async () => {
  const { store, loseReplyOf } = unreliableStore();
  const { arrive, clock, presence, errors } = await presenceUnderTest({ store });
  loseReplyOf("put");
  const { client } = await arrive("mia");
  expect(errors).toEqual([LOST]);
  await client.unsubscribe(onBoard);
  await clock.advanceAsync(RETRIED_MS);
  expect(await presence.list(seen)).toEqual([]);
});

it("removes such a member too where the first remove fails", async () => {
  const { store, loseReplyOf, refuse } = unreliableStore();
  const { arrive, clock, presence } = await presenceUnderTest({ store });
  loseReplyOf("put");
  const { client } = await arrive("mia");
  refuse("remove");
  await client.unsubscribe(onBoard);
  await clock.advanceAsync(2 * RETRIED_MS);
  expect(await presence.list(seen)).toEqual([]);
});

it("removes a member whose put is executed after its deadline and after it has left", async () => {
  const { store, delay } = unreliableStore();
  const { arrive, clock, presence } = await presenceUnderTest({ store });
  const finish = delay("put");
  const { client } = await arrive("mia");
  await clock.advanceAsync(10_000);
  await client.unsubscribe(onBoard);
  await clock.advanceAsync(RETRIED_MS);
  finish();
  expect(await presence.list(seen)).toHaveLength(1);
  await clock.advanceAsync(RETRIED_MS);
  expect(await presence.list(seen)).toEqual([]);
});

it("keeps a member that has joined again when an older remove is executed after its deadline", async () => {
  const { store, delay } = unreliableStore();
  const { arrive, clock, presence } = await presenceUnderTest({ store });
  const { client } = await arrive("mia");
  const finish = delay("remove");
  await client.unsubscribe(onBoard);
  await clock.advanceAsync(TICK_MS + 10_000);
  await client.subscribe(onBoard);
  await clock.advanceAsync(RETRIED_MS);
  finish();
  expect(await presence.list(seen)).toEqual([]);
  await clock.advanceAsync(RETRIED_MS);
  expect(await presence.list(seen)).toMatchObject([{ userId: "mia" }]);
});

it("publishes a leave once, with the right count, where the reply to its remove was lost", async () => {
  const { store, loseReplyOf } = unreliableStore();
  const { arrive, clock, presence } = await presenceUnderTest({ store });
  const watcher = await arrive("sam");
  await arrive("mia");
  const second = await arrive("mia");
  loseReplyOf("remove");
  await second.client.unsubscribe(onBoard);
  await clock.advanceAsync(2 * RETRIED_MS);
  expect(await watcher.events()).toEqual([
    "presence:join sam 1",
    "presence:join mia 1",
    "presence:join mia 2",
    "presence:leave mia 1",
  ]);
  expect(await presence.list(seen)).toHaveLength(2);
});

it("publishes the leave of a dead node's member once, where the reply to its remove was lost", async () => {
  const { store, loseReplyOf } = unreliableStore();
  const { arrive, clock, presence } = await presenceUnderTest({ store });
  const watcher = await arrive("sam");
  const ghost = { connectionId: "dead", userId: "mia", joinedAt: 0, lastActive: 0 };
  const bounds = { maxTabs: 9, maxMembers: 9, maxListBytes: 10_000 };
  await store.put(board.at({ boardId: "7" }).name, { nodeId: "dead-node", member: ghost, bytes: 1 }, bounds);
  loseReplyOf("remove");
  await clock.advanceAsync(2 * RETRIED_MS);
  expect(await watcher.events()).toEqual(["presence:join sam 1", "presence:leave mia 0"]);
  expect(await presence.list(seen)).toHaveLength(1);
});
