import { InProcessBroker, type BrokerNode, type IRealtimeBroker } from "@repo/core-realtime";
import { RecordingObserver } from "@repo/core-testing";
import { expect, it, onTestFinished } from "vitest";
import { RelaySteps, write } from "../testing/relay-steps.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { PostgresBroker } from "./postgres-broker.js";

onEachDatabase((_name, open) => {
  const observer = new RecordingObserver();

  it("brings what is logged to every node, and nothing to one that is cut off until it is back", async () => {
    const { client, newClient } = await open();
    const steps = await new RelaySteps(client).take();
    const [here, there] = [new Cluster(), new Cluster()];
    await here.join(new PostgresBroker({ client, observer, between: here.between }));
    await there.join(new PostgresBroker({ client: newClient(), observer, between: there.between }));
    await write(client, "one", 1);
    await steps.step();
    for (const node of [here, there]) await expect.poll(() => node.events).toEqual(["1"]);
    there.inner?.onIsolated();
    await write(client, "one", 2);
    await steps.step();
    await expect.poll(() => here.events).toEqual(["1", "2"]);
    there.inner?.onRejoined();
    await expect.poll(() => there.events).toEqual(["1", "isolated", "rejoined", "gap"]);
    await write(client, "one", 3);
    await steps.step();
    await expect.poll(() => there.events).toEqual(["1", "isolated", "rejoined", "gap", "3"]);
  });

  it("delivers nothing to a node that could not join", async () => {
    const { client } = await open();
    const steps = await new RelaySteps(client).take();
    const [refused, joined] = [new Cluster(), new Cluster()];
    await client.query("alter table realtime.relay_state rename to away");
    const broker = new PostgresBroker({ client, observer, between: refused.between });
    await expect(refused.join(broker)).rejects.toThrow("relay_state");
    await client.query("alter table realtime.away rename to relay_state");
    await joined.join(new PostgresBroker({ client, observer, between: joined.between }));
    for (const text of ["1", "2"]) {
      await write(client, "one", Number(text)); // the second: both listeners have received the first notification by then
      await steps.step();
      await expect.poll(() => joined.events.at(-1)).toBe(text);
    }
    expect(refused.events).toEqual([]);
  });

  it("cannot be joined without the database, and can be later", async () => {
    const { client } = await open();
    const node = new Cluster();
    const broker = new PostgresBroker({ client, observer, between: node.between });
    await client.query("alter table realtime.relay_state rename to away");
    await expect(node.join(broker)).rejects.toThrow("relay_state");
    await client.query("alter table realtime.away rename to relay_state");
    await node.join(broker);
  });
});

/** A node, and the inner broker's side of it. */
class Cluster implements BrokerNode {
  readonly events: string[] = [];
  /** The node as the inner broker calls it. */
  inner: BrokerNode | undefined;
  readonly between: IRealtimeBroker;

  constructor() {
    const inProcess = new InProcessBroker();
    this.between = {
      join: (nodeId, node) => {
        this.inner = node;
        return inProcess.join(nodeId, node);
      },
      close: () => inProcess.close(),
    };
  }

  async join(broker: PostgresBroker): Promise<void> {
    const membership = await broker.join("node", this);
    onTestFinished(async () => membership.leave());
  }

  onEnvelope({ json }: { readonly json?: string | undefined }): void {
    this.events.push(json ?? "");
  }

  onCommand(): void {
    // no command was sent
  }

  onGap(): void {
    this.events.push("gap");
  }

  onIsolated(): void {
    this.events.push("isolated");
  }

  onRejoined(): void {
    this.events.push("rejoined");
  }
}
