import { ChangeFeed, type SqlClient } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { MIA } from "./testing/annotation-schema.js";
import { openLiveNode, startLiveNode } from "./testing/live-node.js";

const ALL = { table: "annotations" } as const;

/** A client whose transactions are counted, and wait while it is held. */
function holdable(client: SqlClient) {
  let release: () => void = () => undefined;
  const hold = new Promise<void>((resolve) => (release = resolve));
  const state = { isHeld: false, count: 0 };
  const transaction: SqlClient["transaction"] = async (...given) => {
    state.count += 1;
    if (state.isHeld) await hold;
    return client.transaction(...given);
  };
  const held = new Proxy(client, {
    get(target, name) {
      if (name === "transaction") return transaction;
      const found: unknown = Reflect.get(target, name);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
  return { held, state, release: () => release() };
}

onEachDatabase((_, open) => {
  it("does not run queries that no client waits for any more", async () => {
    const { client } = await openLiveNode(open);
    const feed = new ChangeFeed({ client });
    await feed.start();
    onTestFinished(() => feed.close());
    const { held, state, release } = holdable(client);
    const { enter, live } = await startLiveNode(held, { feed, maxRunning: 1 });
    const warm = enter(MIA);
    await warm.open(ALL); // the policies have been read
    warm.hangUp();
    await expect.poll(() => live.openQueries).toBe(0);
    Object.assign(state, { isHeld: true, count: 0 });
    const left = enter(MIA);
    const channels = Array.from({ length: 15 }, (_unused, n) => `live-query.n${n}`);
    const subscribe = (channel: string, n: number) =>
      left.request({ type: "subscribe", channel, ask: { query: { ...ALL, limit: n + 1 } } });
    const replies = channels.map(subscribe);
    await expect.poll(() => live.openQueries).toBe(15);
    await Promise.all(channels.map((channel) => left.request({ type: "unsubscribe", channel })));
    expect(await Promise.all(replies)).toMatchObject(
      channels.map(() => ({ ok: false, error: { code: "UNSUBSCRIBED" } })),
    );
    await expect.poll(() => live.openQueries).toBe(0); // also while they are still queued
    release();
    await enter(MIA).open({ ...ALL, limit: 20 });
    expect(state.count).toBe(2);
  });
});
