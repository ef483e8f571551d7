import type { RealtimeCommand } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { Hold } from "../../hold";
import { BrokerFixture } from "./broker-fixture";
import type { MakeBroker } from "./broker-under-test";

const EXPEL: RealtimeCommand = { kind: "expel", userId: "mia" };

/** What happens to a command where every node can be reached. */
export function commandCases(make: MakeBroker): void {
  it("resolves a command only when every node has carried it out, the sender included", async () => {
    const fixture = await BrokerFixture.open(make);
    const [slow, here, other] = await fixture.nodes(3);
    const work = new Hold();
    if (slow) slow.carryOut = () => work.pass();
    let isResolved = false;
    const commanded = here?.membership.command(EXPEL).finally(() => (isResolved = true));
    await fixture.pass(6_000); // longer than a node that is dead is waited for
    expect([here?.commands, other?.commands]).toEqual([[EXPEL], [EXPEL]]);
    expect(isResolved).toBe(false);
    work.release();
    expect(await fixture.settle(Promise.resolve(commanded))).toEqual({ nodes: 3, givenUp: [] });
    expect(slow?.commands).toEqual([EXPEL]);
  });

  it("carries every kind of command with all its fields", async () => {
    const fixture = await BrokerFixture.open(make);
    const [here, there] = await fixture.nodes(2);
    const commands: readonly RealtimeCommand[] = [
      { kind: "expel", userId: "mia", sessionId: "🜂" },
      { kind: "expel", sessionId: "one" },
      { kind: "revoke", channel: "a.b" },
      { kind: "revoke", userId: "mia", channel: "a%2Eb" },
      { kind: "revoke", connectionId: "one", channel: "a.b" },
      { kind: "revoke", template: "a.{b}" },
      { kind: "recheck" },
      { kind: "recheck", userId: "mia", channel: "a.b" },
      { kind: "recheck", template: "a.{b}" },
      { kind: "reauthenticate", userId: "mia" },
    ];
    for (const command of commands) await fixture.settle(Promise.resolve(here?.membership.command(command)));
    expect(there?.commands).toEqual(commands);
  });

  it("runs each command once on each node, with many in progress from all nodes", async () => {
    const fixture = await BrokerFixture.open(make);
    const nodes = await fixture.nodes(3);
    const commands = nodes.flatMap((node) =>
      Array.from({ length: 30 }, (_, n) => [node, { kind: "expel", userId: `${node.id} ${n}` }] as const),
    );
    const outcomes = await fixture.settle(
      Promise.all(commands.map(([node, command]) => node.membership.command(command))),
    );
    expect(outcomes).toEqual(commands.map(() => ({ nodes: 3, givenUp: [] })));
    await fixture.pass(5_000);
    for (const node of nodes)
      expect(node.commands.map((command) => JSON.stringify(command)).toSorted()).toEqual(
        commands.map(([, command]) => JSON.stringify(command)).toSorted(),
      );
  });

  it("rejects a command that a node could not carry out, when the others have", async () => {
    const fixture = await BrokerFixture.open(make);
    const [broken, here, other] = await fixture.nodes(3);
    if (broken)
      broken.carryOut = () => {
        throw new Error("this node is out of order");
      };
    const commanded = here?.membership.command(EXPEL) ?? Promise.reject(new Error("no node"));
    await expect(fixture.settle(commanded)).rejects.toThrow(/this node is out of order/);
    for (const node of [here, other]) expect(node?.commands).toEqual([EXPEL]);
    const own = broken?.membership.command(EXPEL) ?? Promise.reject(new Error("no node"));
    await expect(fixture.settle(own)).rejects.toThrow(/this node is out of order/);
  });
}
