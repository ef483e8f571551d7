import { expect, it } from "vitest";
import { BrokerFixture, CHANNEL, envelope } from "./broker-fixture";
import type { MakeBroker } from "./broker-under-test";

/** Joining, leaving, closing. */
export function membershipCases(make: MakeBroker): void {
  it("delivers to a node that joins later what is published from then on, and counts it", async () => {
    const fixture = await BrokerFixture.open(make);
    const [early] = await fixture.nodes(1);
    await early?.membership.publish(envelope("before"));
    await fixture.pass(200);
    const late = await fixture.joined("late");
    await early?.membership.publish(envelope("after"));
    await fixture.received(late, 1);
    expect(late.payloads).toEqual(['"after"']);
    const outcome = await fixture.settle(Promise.resolve(early?.membership.command({ kind: "recheck" })));
    expect(outcome).toEqual({ nodes: 2, givenUp: [] });
    await fixture.pass(2_500);
    expect([early?.gaps, late.gaps]).toEqual([[], []]);
  });

  it("counts every node that has joined, also where nodes join while commands are sent", async () => {
    const fixture = await BrokerFixture.open(make);
    const [first] = await fixture.nodes(1);
    const joining = await Promise.all(["a", "b", "c"].map((id) => fixture.node(id)));
    const joined = Promise.all(joining.map((node) => node.join()));
    for (let n = 0; n < 5; n += 1)
      await fixture.settle(Promise.resolve(first?.membership.command({ kind: "expel", userId: `${n}` })));
    await fixture.settle(joined);
    for (const node of [first, ...joining]) {
      const outcome = await fixture.settle(Promise.resolve(node?.membership.command({ kind: "recheck" })));
      expect(outcome).toEqual({ nodes: 4, givenUp: [] });
    }
  });

  it("delivers nothing to a node that has left; commands do not wait for it, and nothing counts as lost", async () => {
    const fixture = await BrokerFixture.open(make);
    const [leaving, here] = await fixture.nodes(2);
    if (leaving) leaving.carryOut = () => new Promise(() => undefined);
    await leaving?.membership.publish(envelope("last"));
    await fixture.settle((async () => leaving?.membership.leave())());
    const receivedBefore = leaving?.received.length;
    await here?.membership.publish(envelope("after"));
    const from = fixture.now;
    const outcome = await fixture.settle(Promise.resolve(here?.membership.command({ kind: "recheck" })));
    expect(outcome).toEqual({ nodes: 1, givenUp: [] });
    expect(fixture.now - from).toBeLessThan(1_000);
    await fixture.pass(10_000);
    expect(here?.payloads).toEqual(['"last"', '"after"']);
    expect(here?.gaps).toEqual([]);
    expect(leaving?.received).toHaveLength(receivedBefore ?? 0);
    expect(leaving?.events.some(({ kind }) => kind === "isolated" || kind === "gap")).toBe(false);
  });

  it("settles a command that waits for a node which leaves meanwhile", async () => {
    const fixture = await BrokerFixture.open(make);
    const [leaving, here] = await fixture.nodes(2);
    let release: () => void = () => undefined;
    if (leaving) leaving.carryOut = () => new Promise((resolve) => (release = resolve));
    const commanded = here?.membership.command({ kind: "recheck" });
    await fixture.pass(500);
    const left = fixture.settle((async () => leaving?.membership.leave())());
    release(); // a node finishes what it has begun
    await left;
    expect(await fixture.settle(Promise.resolve(commanded))).toMatchObject({ givenUp: [] });
  });

  it("refuses to publish and to command after it has left, or was closed", async () => {
    const fixture = await BrokerFixture.open(make);
    const [leaving, staying] = await fixture.nodes(2);
    await fixture.settle((async () => leaving?.membership.leave())());
    await fixture.settle((async () => leaving?.membership.leave())());
    await fixture.settle((async () => staying?.broker.close())());
    await fixture.settle((async () => staying?.broker.close())());
    for (const node of [leaving, staying]) {
      await expect((async () => node?.membership.publish(envelope("late")))()).rejects.toThrow(/has left/);
      await expect(node?.membership.command({ kind: "recheck" })).rejects.toThrow(/has left/);
      node?.membership.unwant(CHANNEL);
    }
  });
}
