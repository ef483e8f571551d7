import type { IPubSub } from "@repo/core-realtime";
import { expect, it, onTestFinished } from "vitest";
import { CHANNEL, envelope } from "./broker-fixture";
import { counting, pubSubFixture } from "./pub-sub-fixture";
import { isEnvelope } from "./pub-sub-under-test";

it("informs the publisher where the carrier refuses an envelope, and the others of the gap", async () => {
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const inner = cluster.carrier.connect("here");
  let refusal: "none" | "rejects" | "throws" = "none";
  const carrier: IPubSub = {
    subscribe: (topic, onText) => inner.subscribe(topic, onText),
    publish(topic, text) {
      if (refusal === "none" || !topic.includes(".shard.")) return inner.publish(topic, text);
      if (refusal === "throws") throw new Error("carrier down");
      return Promise.reject(new Error("carrier down"));
    },
  };
  const [here, there] = [nodeOf("here", cluster.open("here", { carrier })), nodeOf("there")];
  await fixture.settle(Promise.all([here.join(), there.join()]));
  await fixture.settle(Promise.resolve(there.membership.want(CHANNEL)));
  for (const kind of ["rejects", "throws"] as const) {
    refusal = kind;
    await expect((async () => here.membership.publish(envelope(kind)))()).rejects.toThrow(/carrier down/);
    refusal = "none";
    await fixture.pass(2_000);
  }
  expect(there.gaps).toEqual([[CHANNEL], [CHANNEL]]);
});

it("isolates a node whose carrier refuses everything, without an unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const inner = cluster.carrier.connect("a");
  let isDown = false;
  const carrier: IPubSub = {
    publish: (topic, text) => (isDown ? Promise.reject(new Error("carrier down")) : inner.publish(topic, text)),
    subscribe: (topic, onText) => (isDown ? Promise.reject(new Error("carrier down")) : inner.subscribe(topic, onText)),
  };
  const node = nodeOf("a", cluster.open("a", { carrier }));
  await fixture.settle(node.join());
  isDown = true;
  const wanted = (async () => node.membership.want(CHANNEL))();
  await expect(fixture.settle(wanted)).rejects.toThrow(/carrier refused a subscription/);
  await fixture.pass(5_000);
  expect(node.isIsolated).toBe(true);
  isDown = false;
  await fixture.until(
    () => !node.isIsolated,
    () => "it was to rejoin",
  );
  await fixture.settle(Promise.resolve(node.membership.want(CHANNEL)));
  await node.membership.publish(envelope("again"));
  expect(node.payloads).toEqual(['"again"']);
  expect(unhandled).toEqual([]);
});

it("rejects a join that its carrier refuses, or that the broker's end overtakes", async () => {
  const { fixture, cluster, nodeOf } = await pubSubFixture();
  const refused = new Error("NOAUTH");
  const refusing: IPubSub = { publish: () => undefined, subscribe: () => Promise.reject(refused) };
  const node = nodeOf("a", cluster.open("a", { carrier: refusing }));
  await expect(fixture.settle(node.join())).rejects.toMatchObject({ message: /Node a could not join/, cause: refused });
  const late = nodeOf("b");
  const joining = late.join();
  joining.catch(() => undefined);
  await fixture.settle((async () => late.broker.close())());
  await expect(joining).rejects.toThrow(/has left/);
  await expect(late.join()).rejects.toThrow(/closed/);
});

it("leaves within a second where its carrier has died", async () => {
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const [leaving, staying] = [nodeOf("leaving"), nodeOf("staying")];
  await fixture.settle(Promise.all([leaving.join(), staying.join()]));
  cluster.carrier.cut("leaving");
  const from = fixture.now;
  await fixture.settle((async () => leaving.membership.leave())());
  expect(fixture.now - from).toBeLessThanOrEqual(1_200);
});

it("settles a command when the node that it waits for leaves", async () => {
  const { fixture, nodeOf } = await pubSubFixture();
  const [here, leaving] = [nodeOf("here"), nodeOf("leaving")];
  await fixture.settle(Promise.all([here.join(), leaving.join()]));
  leaving.carryOut = () => new Promise(() => undefined);
  const commanded = here.membership.command({ kind: "recheck" });
  await fixture.pass(500);
  await fixture.settle((async () => leaving.membership.leave())());
  expect(await fixture.settle(commanded)).toEqual({ nodes: 1, givenUp: [] });
});

it("delivers what is on its way when its publisher leaves", async () => {
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const [leaving, staying] = [nodeOf("leaving"), nodeOf("staying")];
  await fixture.settle(Promise.all([leaving.join(), staying.join()]));
  await fixture.settle((async () => staying.membership.want(CHANNEL))());
  cluster.carrier.faultsOf = ({ topic }) => ({ loss: 0, duplication: 0, maxDelayMs: isEnvelope(topic) ? 95 : 0 });
  await fixture.pass(60); // between two ticks
  for (let n = 0; n < 50; n += 1) void leaving.membership.publish(envelope(n));
  await fixture.settle((async () => leaving.membership.leave())());
  await fixture.received(staying, 50);
  expect(staying.gaps).toEqual([]);
});

it("ignores the late messages of a node that has left, from whenever they are", async () => {
  const { cluster, fixture, nodeOf } = await pubSubFixture();
  const { texts, counted } = counting(cluster.carrier.connect("leaving"));
  const [leaving, staying] = [nodeOf("leaving", cluster.open("leaving", { carrier: counted })), nodeOf("staying")];
  await fixture.settle(leaving.join());
  await fixture.pass(1_000); // it has not met the other one yet
  await fixture.settle(staying.join());
  await fixture.settle((async () => leaving.membership.leave())());
  await fixture.pass(2_000);
  const foreign = cluster.carrier.connect("late");
  for (const { topic, text } of texts) await foreign.publish(topic, text);
  await fixture.pass(5_000);
  expect(staying.events).toEqual([]);
  expect(await fixture.settle(staying.membership.command({ kind: "recheck" }))).toEqual({ nodes: 1, givenUp: [] });
});
