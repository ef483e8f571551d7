import type { Clock, IPubSub } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { BrokerFixture, CHANNEL, envelope } from "./broker-fixture";
import { ClusterNode } from "./cluster-node";
import { PubSubCluster } from "./pub-sub-under-test";

const RECHECK = { kind: "recheck" } as const;

async function clusterOf(ids: readonly string[], options: Parameters<PubSubCluster["open"]>[1] = {}) {
  const cluster = new PubSubCluster();
  const fixture = await BrokerFixture.open(() => cluster);
  const nodes = ids.map((id) => new ClusterNode(id, cluster.open(id, options), () => fixture.now));
  await fixture.settle(Promise.all(nodes.map((node) => node.join())));
  return { cluster, fixture, nodes };
}

it("isolates a node that receives itself, but is not received by another, before that one gives it up", async () => {
  const { cluster, fixture, nodes } = await clusterOf(["silent", "other"]);
  const [silent, other] = nodes;
  cluster.carrier.lose(({ from, to }) => from === "silent" && to === "other");
  const commanded = other?.membership.command(RECHECK).then(({ givenUp }) => [givenUp, silent?.isIsolated]);
  expect(await fixture.settle(Promise.resolve(commanded))).toEqual([["silent"], true]);
  expect(other?.isIsolated).toBe(false);
});

it("isolates the part of a split cluster that has no quorum, before the other part gives it up", async () => {
  const { cluster, fixture, nodes } = await clusterOf(["a", "b", "minority"], { quorum: 2 });
  const [here, there, minority] = nodes;
  cluster.carrier.lose(({ from, to }) => (from === "minority") !== (to === "minority")); // both parts receive themselves
  const commanded = here?.membership.command(RECHECK).then(({ givenUp }) => [givenUp, minority?.isIsolated]);
  expect(await fixture.settle(Promise.resolve(commanded))).toEqual([["minority"], true]);
  expect([here?.isIsolated, there?.isIsolated]).toEqual([false, false]);
});

it("does not isolate a node because another one has died, or receives nothing", async () => {
  const { cluster, fixture, nodes } = await clusterOf(["dead", "receives-nothing", "well"]);
  cluster.carrier.cut("dead");
  await fixture.pass(300);
  cluster.carrier.cut("receives-nothing", "in");
  await fixture.pass(20_000);
  expect(nodes.map(({ isIsolated }) => isIsolated)).toEqual([true, true, false]);
  expect(nodes[2]?.events.filter(({ kind }) => kind === "isolated")).toEqual([]);
});

it("gives no node up for a silence in which it received nothing itself", async () => {
  const { cluster, fixture, nodes } = await clusterOf(["watcher", "silent"]);
  const [watcher, silent] = nodes;
  const healSilent = cluster.carrier.cut("silent", "out");
  await fixture.pass(1_200);
  const healWatcher = cluster.carrier.cut("watcher", "in"); // too short to be isolated
  await fixture.pass(100);
  healSilent(); // its heartbeats come back to it: it may continue, and only the watcher misses them
  await fixture.pass(1_600);
  cluster.carrier.cut("silent", "both");
  await fixture.pass(100);
  healWatcher();
  await fixture.pass(200);
  const commanded = watcher?.membership.command(RECHECK).then(({ givenUp }) => [givenUp, silent?.isIsolated]);
  expect(await fixture.settle(Promise.resolve(commanded))).toEqual([["silent"], true]);
  expect(watcher?.isIsolated).toBe(false);
});

it("does not let a node join that another one does not know", async () => {
  const { cluster, fixture } = await clusterOf(["member"]);
  const restore = cluster.carrier.lose(({ from, to }) => from === "joining" && to === "member");
  const joining = new ClusterNode("joining", cluster.open("joining"), () => fixture.now);
  await expect(fixture.settle(joining.join())).rejects.toThrow(
    /could not join its broker: not confirmed by node member/,
  );
  restore();
  await fixture.settle(joining.join());
});

it("does not let a node join that is unknown to a member of which only another member reports", async () => {
  const { cluster, fixture } = await clusterOf(["a", "b"]);
  cluster.carrier.lose(({ from, to }) => [from, to].toSorted().join() === "a,joining");
  const joining = new ClusterNode("joining", cluster.open("joining"), () => fixture.now);
  await expect(fixture.settle(joining.join())).rejects.toThrow(/not confirmed by node a/);
});

it.each(["from the start", "later"])("joins two parts that were split %s, by isolating both first", async (when) => {
  const cluster = new PubSubCluster();
  const fixture = await BrokerFixture.open(() => cluster);
  const split = () => cluster.carrier.lose(({ from, to }) => from !== to); // both receive themselves
  const unite = when === "later" ? undefined : split();
  const nodes = ["a", "b"].map((id) => new ClusterNode(id, cluster.open(id), () => fixture.now));
  await fixture.settle(Promise.all(nodes.map((node) => node.join())));
  const reunite = unite ?? split();
  await fixture.pass(6_000);
  reunite();
  await fixture.pass(3_600);
  for (const node of nodes) {
    expect(node.events.map(({ kind }) => kind)).toContain("isolated"); // commands of the other part have passed it by
    expect(await fixture.settle(node.membership.command(RECHECK))).toEqual({ nodes: 2, givenUp: [] });
  }
});

/** A process that may stand still: neither timers nor messages run meanwhile; then messages first, which is the worse order. */
class StallingProcess {
  readonly #messages: (() => void)[] = [];
  readonly #timers: (() => void)[] = [];
  #isStalled = false;

  stall(): void {
    this.#isStalled = true;
  }

  resume(): void {
    this.#isStalled = false;
    for (const run of [...this.#messages.splice(0), ...this.#timers.splice(0)]) run();
  }

  clock(clock: Clock): Clock {
    const after: Clock["after"] = (ms, run) => clock.after(ms, () => this.#run(this.#timers, run));
    return { now: () => clock.now(), monotonic: () => clock.monotonic(), after };
  }

  carrier(carrier: IPubSub): IPubSub {
    return {
      publish: (topic, text) => carrier.publish(topic, text),
      subscribe: (topic, onText) => carrier.subscribe(topic, (text) => this.#run(this.#messages, () => onText(text))),
    };
  }

  #run(queue: (() => void)[], run: () => void): void {
    if (this.#isStalled) queue.push(run);
    else run();
  }
}

it("isolates a process that stood still, before it delivers what had waited for it", async () => {
  const { cluster, fixture, nodes } = await clusterOf(["steady"]);
  const [steady] = nodes;
  const stalling = new StallingProcess();
  const parts = {
    clock: stalling.clock(cluster.clock),
    carrier: stalling.carrier(cluster.carrier.connect("stalled")),
  };
  const stalled = new ClusterNode("stalled", cluster.open("stalled", parts), () => fixture.now);
  await fixture.settle(stalled.join());
  await fixture.settle(Promise.resolve(stalled.membership.want(CHANNEL)));
  stalling.stall();
  await steady?.membership.publish(envelope("before"));
  const outcome = await fixture.settle(Promise.resolve(steady?.membership.command({ kind: "expel", userId: "mia" })));
  expect(outcome).toEqual({ nodes: 1, givenUp: ["stalled"] });
  await steady?.membership.publish(envelope("after"));
  stalling.resume();
  expect(stalled.events.map(({ kind }) => kind).filter((kind) => kind !== "command")).toEqual(["isolated"]);
  await fixture.until(
    () => !stalled.isIsolated,
    () => "it was to rejoin",
  );
  expect(stalled.payloads).toEqual([]);
});

it("refuses to publish and to command from a process that stood still", async () => {
  const { cluster, fixture } = await clusterOf(["steady"]);
  for (const call of ["publish", "command"] as const) {
    const stalling = new StallingProcess();
    const parts = {
      clock: stalling.clock(cluster.clock),
      carrier: stalling.carrier(cluster.carrier.connect(call)),
    };
    const stalled = new ClusterNode(call, cluster.open(call, parts), () => fixture.now);
    await fixture.settle(stalled.join());
    stalling.stall();
    await fixture.pass(3_000);
    const { membership } = stalled;
    const attempt = async () =>
      call === "publish" ? membership.publish(envelope("late")) : membership.command(RECHECK);
    await expect(attempt()).rejects.toThrow(/cut off/);
    expect(stalled.isIsolated).toBe(true);
  }
});
