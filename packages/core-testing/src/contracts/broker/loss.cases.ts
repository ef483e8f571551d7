import { expect, it } from "vitest";
import { BrokerFixture, CHANNEL, envelope } from "./broker-fixture";
import type { BrokerFaults, MakeBroker } from "./broker-under-test";
import type { ClusterNode } from "./cluster-node";

/** What happens to an envelope that is lost. */
export function lossCases(make: MakeBroker): void {
  it.each([1, 2, 3])(
    "reports a lost envelope within 2 s on a channel that then stays quiet (seed %i)",
    async (seed) => {
      const { fixture, faults, here, there } = await pair(make, seed);
      await here.membership.publish(envelope("before"));
      await fixture.received(there, 1);
      await fixture.pass(seed * 140); // at any moment between two heartbeats
      const restore = faults.loseEnvelopes(there.id);
      await here.membership.publish(envelope("lost"));
      const from = fixture.now;
      await fixture.until(
        () => isReported(there, from),
        () => "the loss was to be reported",
      );
      expect(fixture.now - from).toBeLessThanOrEqual(2_000);
      restore();
      await here.membership.publish(envelope("after"));
      await fixture.received(there, 2);
      expect(there.payloads).toEqual(['"before"', '"after"']);
      expect(here.gaps).toEqual([]);
    },
  );

  it("reports one that is lost between two others, and delivers the later ones", async () => {
    const { fixture, faults, here, there } = await pair(make);
    const from = fixture.now;
    for (const text of ["1", "lost", "3", "4"]) {
      const restore = text === "lost" ? faults.loseEnvelopes(there.id) : () => undefined;
      await here.membership.publish(envelope(text));
      restore();
    }
    await fixture.received(there, 3);
    await fixture.until(
      () => isReported(there, from),
      () => "the loss was to be reported",
    );
    expect(fixture.now - from).toBeLessThanOrEqual(2_000);
    expect(there.payloads).toEqual(['"1"', '"3"', '"4"']);
  });

  it("reports what a node published last before it died", async () => {
    const { fixture, faults, here, there } = await pair(make);
    await fixture.pass(700);
    faults.loseEnvelopes(there.id);
    await here.membership.publish(envelope("lost"));
    faults.cut(here.id, "both"); // before another heartbeat
    const from = fixture.now;
    await fixture.until(
      () => isReported(there, from),
      () => "the loss was to be reported",
    );
    expect(fixture.now - from).toBeLessThanOrEqual(2_000);
  });

  it("reports what a node published last before it left", async () => {
    const { fixture, faults, here, there } = await pair(make);
    const restore = faults.loseEnvelopes(there.id);
    await here.membership.publish(envelope("lost"));
    const from = fixture.now;
    await fixture.settle((async () => here.membership.leave())());
    restore();
    await fixture.until(
      () => isReported(there, from),
      () => "the loss was to be reported",
    );
    expect(fixture.now - from).toBeLessThanOrEqual(2_000);
  });
}

async function pair(make: MakeBroker, seed = 1) {
  const fixture = await BrokerFixture.open(make, seed);
  const [here, there] = await fixture.nodes(2);
  if (!here || !there || fixture.cluster.faults === "none") throw new Error("Needs two nodes and a network.");
  return { fixture, faults: fixture.cluster.faults satisfies BrokerFaults, here, there };
}

function isReported({ events }: ClusterNode, from: number): boolean {
  return events.some(
    (event) =>
      event.kind === "gap" && event.at >= from && (event.channels === undefined || event.channels.includes(CHANNEL)),
  );
}
