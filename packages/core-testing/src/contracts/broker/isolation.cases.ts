import { expect, it } from "vitest";
import { BrokerFixture, envelope } from "./broker-fixture";
import type { BrokerFaults, MakeBroker } from "./broker-under-test";

const DIRECTIONS = ["both", "in", "out"] as const;

/** What happens to a node that is cut off. */
export function isolationCases(make: MakeBroker): void {
  it.each(DIRECTIONS)("gives a node up only after it has isolated itself (cut: %s)", async (direction) => {
    const { fixture, faults, cut, others } = await threeNodes(make);
    faults.cut(cut.id, direction);
    for (const pauseMs of [0, 400, 1_300, 2_000]) {
      const wasIsolated = cut.isIsolated;
      await fixture.pass(pauseMs);
      const outcomes = others.map(async ({ membership }) => {
        const { givenUp } = await membership.command({ kind: "expel", userId: `after ${pauseMs}` });
        return { givenUp, isIsolated: cut.isIsolated };
      });
      for (const { givenUp, isIsolated } of await fixture.settle(Promise.all(outcomes))) {
        if (direction === "both" && !wasIsolated) expect(givenUp).toEqual([cut.id]);
        if (givenUp.length > 0) expect(isIsolated).toBe(true);
      }
    }
    expect(cut.isIsolated).toBe(true);
    for (const { isIsolated } of others) expect(isIsolated).toBe(false);
  });

  it.each(DIRECTIONS)("delivers nothing to an isolated node, and takes nothing of it (cut: %s)", async (direction) => {
    const { fixture, faults, cut, others } = await threeNodes(make);
    faults.cut(cut.id, direction);
    await fixture.until(
      () => cut.isIsolated,
      () => "the node was to isolate itself",
    );
    const before = cut.received.length;
    await others[0]?.membership.publish(envelope("not for you"));
    await expect((async () => cut.membership.publish(envelope("not from you")))()).rejects.toThrow(/cut off/);
    await expect(cut.membership.command({ kind: "recheck" })).rejects.toThrow(/cut off/);
    await fixture.pass(3_000);
    expect(cut.received).toHaveLength(before);
    for (const node of others) expect(node.payloads).not.toContain('"not from you"');
  });

  it("rejects a command whose sender is isolated before it is confirmed", async () => {
    const { fixture, faults, cut } = await threeNodes(make);
    faults.cut(cut.id, "both");
    await expect(fixture.settle(cut.membership.command({ kind: "recheck" }))).rejects.toThrow(/cut off/);
    expect(cut.isIsolated).toBe(true);
  });

  it.each(DIRECTIONS)("lets a node rejoin by itself, with a gap, as a full member (cut: %s)", async (direction) => {
    const { fixture, faults, cut, others } = await threeNodes(make);
    await fixture.settle((async () => cut.membership.want("another"))());
    for (let n = 0; n < 5; n += 1) await cut.membership.publish(envelope(n));
    const heal = faults.cut(cut.id, direction);
    await fixture.pass(6_000);
    expect(cut.isIsolated).toBe(true);
    await others[0]?.membership.publish(envelope("missed"));
    let isWanted = false;
    const wanted = (async () => cut.membership.want("wanted meanwhile"))().then(() => (isWanted = true));
    await fixture.pass(500);
    expect(isWanted).toBe(false);
    heal();
    const healedAt = fixture.now;
    await fixture.until(
      () => !cut.isIsolated,
      () => "the node was to rejoin",
    );
    const rejoined = cut.events.findIndex(({ kind }) => kind === "rejoined");
    expect(cut.events[rejoined + 1]).toMatchObject({ kind: "gap", channels: undefined });
    for (const { events } of others)
      // the node may have written to histories what it could not publish
      expect(events).toContainEqual({ kind: "gap", channels: undefined, at: expect.toSatisfy((at) => at >= healedAt) });
    await fixture.settle(wanted);
    const gapsBefore = others.map(({ gaps }) => gaps.length);
    for (const node of [cut, ...others]) {
      const outcome = await fixture.settle(node.membership.command({ kind: "recheck" }));
      expect(outcome).toEqual({ nodes: 3, givenUp: [] });
      await node.membership.publish(envelope(`from ${node.id}`));
    }
    await others[0]?.membership.publish(envelope("on another", "another"));
    await others[0]?.membership.publish(envelope("on a third", "wanted meanwhile"));
    await fixture.pass(1_000);
    for (const node of [cut, ...others])
      expect(node.payloads.filter((json) => json?.startsWith('"from')).toSorted()).toEqual(
        ["node-0", "node-1", "node-2"].map((id) => `"from ${id}"`),
      );
    for (const text of ["on another", "on a third"]) expect(cut.payloads).toContain(JSON.stringify(text));
    await fixture.pass(2_000);
    expect(others.map(({ gaps }) => gaps.length)).toEqual(gapsBefore);
  });

  it("isolates every node where the carrier fails, and brings all of them back", async () => {
    const { fixture, faults, cut, others } = await threeNodes(make);
    const nodes = [cut, ...others];
    const undo = nodes.map(({ id }) => faults.cut(id, "both"));
    await fixture.until(
      () => nodes.every(({ isIsolated }) => isIsolated),
      () => "all were to isolate themselves",
    );
    await fixture.pass(10_000);
    for (const heal of undo) heal();
    await fixture.until(
      () => nodes.every(({ isIsolated }) => !isIsolated),
      () => "all were to rejoin",
    );
    const outcome = await fixture.settle(cut.membership.command({ kind: "recheck" }));
    expect(outcome).toEqual({ nodes: 3, givenUp: [] });
  });

  it("rejects a join where the broker cannot be reached, and lets the node join when it can", async () => {
    const fixture = await BrokerFixture.open(make);
    if (fixture.cluster.faults === "none") return;
    const node = await fixture.node("unreachable");
    const heal = fixture.cluster.faults.cut("unreachable", "both");
    await expect(fixture.settle(node.join())).rejects.toThrow(/Node unreachable could not join its broker/);
    heal();
    await fixture.settle(node.join());
    expect(await fixture.settle(node.membership.command({ kind: "recheck" }))).toEqual({ nodes: 1, givenUp: [] });
  });
}

async function threeNodes(make: MakeBroker) {
  const fixture = await BrokerFixture.open(make);
  const [cut, ...others] = await fixture.nodes(3);
  if (!cut || fixture.cluster.faults === "none") throw new Error("Needs three nodes and a network.");
  return { fixture, faults: fixture.cluster.faults satisfies BrokerFaults, cut, others };
}
