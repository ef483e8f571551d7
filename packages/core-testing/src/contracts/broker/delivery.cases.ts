import type { BrokerEnvelope } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { BrokerFixture, CHANNEL, envelope } from "./broker-fixture";
import type { MakeBroker } from "./broker-under-test";

/** What happens to an envelope where nothing fails for good. */
export function deliveryCases(make: MakeBroker): void {
  it("delivers every envelope to every node that wants its channel, the sender included", async () => {
    const fixture = await BrokerFixture.open(make);
    const nodes = await fixture.nodes(3);
    for (const { id, membership } of nodes) await membership.publish(envelope(id));
    for (const node of nodes) {
      await fixture.received(node, 3);
      expect(node.payloads.toSorted()).toEqual(nodes.map(({ id }) => JSON.stringify(id)));
      expect(node.gaps).toEqual([]);
    }
  });

  it("delivers an envelope as it is: every field, any text, and a megabyte of it", async () => {
    const fixture = await BrokerFixture.open(make);
    const [here, there] = await fixture.nodes(2);
    const odd = "a%2Eb \n 7 {}.%F0%9F%9C%82:c🜂";
    await fixture.settle((async () => there?.membership.want(odd))());
    const sent: readonly BrokerEnvelope[] = [
      { ...envelope({ text: "🜂\u0000\u2028", deep: [[{ n: 1.5, none: null }]] }), channel: odd },
      { ...envelope("placed"), position: { epoch: "e", offset: 2 ** 53 - 1 }, trace: "00-a-b-01" },
      { ...envelope("from mia"), sender: { type: "user", id: "mia" } },
      { ...envelope("from a visitor"), sender: { type: "user" } },
      envelope("x".repeat(1024 * 1024)),
    ];
    for (const each of sent) {
      await here?.membership.publish(each);
      if (there) await fixture.received(there, sent.indexOf(each) + 1);
    }
    expect(there?.received).toEqual(sent);
  });

  it("delivers each publisher's envelopes once and in order on every node, whether or not the publisher waits", async () => {
    const fixture = await BrokerFixture.open(make);
    const nodes = await fixture.nodes(3);
    const numbers = Array.from({ length: 200 }, (_, n) => n);
    const publishing = nodes.map(async ({ id, membership }) => {
      for (const n of numbers) {
        const published = membership.publish(envelope(`${id} ${n}`));
        if (n % 3 === 0) await published;
        if (n % 50 === 0) await fixture.pass(20);
      }
    });
    await Promise.all(publishing);
    for (const node of nodes) {
      await fixture.received(node, numbers.length * nodes.length);
      for (const { id } of nodes)
        expect(node.payloads.filter((json) => json?.startsWith(`"${id} `))).toEqual(numbers.map((n) => `"${id} ${n}"`));
    }
    await fixture.pass(3_000); // and nothing a second time
    for (const node of nodes) expect(node.received).toHaveLength(numbers.length * nodes.length);
  });

  it("reaches a node from the moment that `want` has resolved", async () => {
    const fixture = await BrokerFixture.open(make);
    const [here, there] = await fixture.nodes(2);
    const channels = Array.from({ length: 20 }, (_, index) => `later.${index}`);
    for (const channel of channels) await here?.membership.publish(envelope("before", channel));
    for (const channel of channels) {
      await fixture.settle((async () => there?.membership.want(channel))());
      await here?.membership.publish(envelope(channel, channel));
    }
    const own = () => there?.payloads.filter((json) => json?.includes("later")) ?? [];
    await fixture.until(
      () => own().length >= channels.length,
      () => `${channels.length} envelopes were to arrive, and ${own().length} have`,
    );
    expect(own().toSorted()).toEqual(channels.map((channel) => JSON.stringify(channel)).toSorted());
    await fixture.pass(2_500);
    expect(there?.gaps).toEqual([]);
  });

  it("wants a channel again that was not wanted for a while, at once or later", async () => {
    const fixture = await BrokerFixture.open(make);
    const [here, there] = await fixture.nodes(2);
    for (const [index, pauseMs] of [0, 1_000, 11_000].entries()) {
      there?.membership.unwant(CHANNEL);
      await fixture.pass(pauseMs);
      await fixture.settle((async () => there?.membership.want(CHANNEL))());
      await fixture.pass(pauseMs * 12); // however long it is wanted then
      await here?.membership.publish(envelope(index));
      if (there) await fixture.received(there, index + 1);
    }
    expect(there?.payloads).toEqual(["0", "1", "2"]);
    await fixture.pass(2_500);
    expect(there?.gaps.filter((channels) => channels !== "all")).toEqual([]); // all: heartbeats may be lost in so long a time
  });

  it("continues with the other nodes where one fails to take an envelope", async () => {
    const fixture = await BrokerFixture.open(make);
    const [broken, here, other] = await fixture.nodes(3);
    if (broken)
      broken.take = () => {
        throw new Error("this node is out of order");
      };
    for (const text of ["first", "second"]) {
      const publish = async () => here?.membership.publish(envelope(text));
      await publish().catch(() => undefined); // whether its publisher is informed is decided by the broker
    }
    for (const node of [here, other]) {
      if (node) await fixture.received(node, 2);
      expect(node?.payloads).toEqual(['"first"', '"second"']);
    }
  });

  it("keeps two clusters apart", async () => {
    const [one, two] = [await BrokerFixture.open(make), await BrokerFixture.open(make)];
    const [[here], [elsewhere]] = [await one.nodes(1), await two.nodes(1)];
    await here?.membership.publish(envelope("here"));
    await elsewhere?.membership.publish(envelope("elsewhere"));
    await Promise.all([one.pass(1_000), two.pass(1_000)]);
    expect([here?.payloads, elsewhere?.payloads]).toEqual([['"here"'], ['"elsewhere"']]);
  });
}
