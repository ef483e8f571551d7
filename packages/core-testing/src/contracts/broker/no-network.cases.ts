import { expect, it } from "vitest";
import { BrokerFixture, envelope } from "./broker-fixture";
import type { MakeBroker } from "./broker-under-test";

/** A broker without a network is proved to have none. */
export function noNetworkCases(make: MakeBroker): void {
  it("truly has no network: delivers and commands within the turn of the call, and never isolates a node", async () => {
    const fixture = await BrokerFixture.open(make);
    const [here, there] = await fixture.nodes(2);
    void here?.membership.publish(envelope("now"));
    expect(there?.payloads).toEqual(['"now"']);
    void here?.membership.command({ kind: "recheck" });
    expect(there?.commands).toEqual([{ kind: "recheck" }]);
    await fixture.pass(20_000);
    expect(there?.events.map(({ kind }) => kind)).toEqual(["envelope", "command"]);
  });
}
