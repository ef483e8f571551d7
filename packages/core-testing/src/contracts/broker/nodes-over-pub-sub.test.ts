import { defineRealtimeChannel } from "@repo/core-realtime";
import { createRealtime, InMemoryHistory, InMemoryRealtimeServer, type Realtime } from "@repo/core-realtime/server";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { byToken } from "../../fake-authenticators";
import { connectInMemory } from "../../client/in-memory-link";
import { TestClient } from "../../client/test-client";
import { RecordingObserver } from "../../recording-observer";
import { BrokerFixture } from "./broker-fixture";
import { PubSubCluster } from "./pub-sub-under-test";

const news = defineRealtimeChannel({
  name: "news",
  scope: "authenticated",
  payload: z.number(),
  history: { size: 1_000, ttlMs: 600_000 },
});

interface WholeNode {
  readonly id: string;
  readonly realtime: Realtime;
  readonly server: InMemoryRealtimeServer;
  readonly observer: RecordingObserver;
}

/** Whole nodes that share a history, over a carrier that the test disturbs. */
async function wholeNodes(seed: number) {
  const cluster = new PubSubCluster(seed);
  const fixture = await BrokerFixture.open(() => cluster);
  const history = new InMemoryHistory({ clock: cluster.clock });
  const nodes: readonly WholeNode[] = ["here", "there"].map((id) => {
    const observer = new RecordingObserver();
    const parts = { clock: cluster.clock, history, broker: cluster.open(id), observers: [observer] };
    const realtime = createRealtime({ authenticator: byToken({ mia: { userId: "mia", roles: [] } }), ...parts });
    realtime.registry.registerChannel(news);
    onTestFinished(() => void realtime.close({ drainMs: 1 }).catch(() => undefined));
    return { id, realtime, server: new InMemoryRealtimeServer(), observer };
  });
  await fixture.settle(Promise.all(nodes.map(({ realtime, server }) => realtime.serve(server))));
  const [here, there] = nodes;
  if (!here || !there) throw new Error("Needs two nodes.");
  return { cluster, fixture, here, there, nodes };
}

async function subscriber(fixture: BrokerFixture, { server }: WholeNode): Promise<TestClient> {
  const player = await TestClient.connect((events) => connectInMemory(server, { token: "mia" }, events));
  await fixture.settle(player.request({ type: "subscribe", channel: "news" }));
  return player;
}

const payloads = (player: TestClient) => player.envelopes("news").map(({ payload }) => payload);
const ends = (player: TestClient) => player.frames.filter(({ type }) => type === "left" || type === "close");

it("repairs a lost message from the history within 2 s, on a channel that then stays quiet", async () => {
  const { cluster, fixture, here, there } = await wholeNodes(1);
  const reader = await subscriber(fixture, there);
  cluster.faults.loseEnvelopes(there.id);
  await here.realtime.broadcaster.broadcast(news, 1);
  const from = fixture.now;
  await fixture.until(
    () => payloads(reader).length > 0,
    () => "the message was to be repaired",
  );
  expect(fixture.now - from).toBeLessThanOrEqual(2_000);
  expect(ends(reader)).toEqual([]);
});

it.each([1, 2, 3, 4])(
  "delivers everything once and in order to all, without one needless resubscribe, over a bad network (seed %i)",
  async (seed) => {
    const { cluster, fixture, nodes } = await wholeNodes(seed);
    const readers = await Promise.all(
      nodes.flatMap((node) => [node, node, node]).map((node) => subscriber(fixture, node)),
    );
    cluster.carrier.faultsOf = () => ({ loss: 0.02, duplication: 0.1, maxDelayMs: 40 });
    const count = 400;
    for (let n = 0; n < count; n += 1) {
      await nodes[n % 2]?.realtime.broadcaster.broadcast(news, n);
      if (n % 4 === 0) await fixture.pass(20);
    }
    await fixture.pass(5_000);
    for (const reader of readers) {
      expect(payloads(reader)).toEqual(Array.from({ length: count }, (_, n) => n));
      expect(ends(reader)).toEqual([]);
    }
    for (const { observer } of nodes)
      expect(observer.observations.filter(({ kind }) => kind === "isolated")).toEqual([]);
  },
);

it("sends nothing to a revoked client of a node that is cut off, and recovers the others when it is back", async () => {
  const { cluster, fixture, here, there } = await wholeNodes(1);
  const [near, far] = [await subscriber(fixture, here), await subscriber(fixture, there)];
  const heal = cluster.faults.cut(there.id, "both");
  const outcome = await fixture.settle(here.realtime.revoke({ userId: "mia", channel: news }));
  expect(outcome).toMatchObject({ nodes: 1, givenUp: [expect.any(String)] });
  await here.realtime.broadcaster.broadcast(news, 1);
  await fixture.pass(5_000);
  expect([payloads(near), payloads(far)]).toEqual([[], []]);
  heal();
  await fixture.settle(far.ended());
  expect(ends(far)).toMatchObject([{ type: "close", error: { code: "ISOLATED" } }]);
  expect(payloads(far)).toEqual([]);
  const again = await subscriber(fixture, there);
  await here.realtime.broadcaster.broadcast(news, 2);
  await fixture.until(
    () => payloads(again).length > 0,
    () => "the client was to receive again",
  );
  expect(payloads(again)).toEqual([2]);
});

it("rejects `serve` where the carrier is down, rejects with the reason, and serves once it is up", async () => {
  const cluster = new PubSubCluster();
  const fixture = await BrokerFixture.open(() => cluster);
  const heal = cluster.faults.cut("here", "both");
  const broker = cluster.open("here");
  const realtime = createRealtime({ authenticator: byToken({}), clock: cluster.clock, broker });
  const served = realtime.serve(new InMemoryRealtimeServer());
  await expect(fixture.settle(served)).rejects.toThrow(
    /no client was admitted: Node .* could not join its broker: what it publishes does not come back to it/,
  );
  heal();
  await fixture.settle(realtime.serve(new InMemoryRealtimeServer()));
  expect(await fixture.settle(realtime.expel({ userId: "mia" }))).toEqual({ nodes: 1, givenUp: [] });
});
