import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { auto, type TransportMemory } from "./auto-transport.js";
import { scriptedClient } from "./testing/scripted-client.js";
import { ScriptedTransport } from "./testing/scripted-transport.js";

/** A storage as some browsers hand it out: there, and closed. */
const closed: TransportMemory = {
  getItem() {
    throw new DOMException("denied", "SecurityError");
  },
  setItem() {
    throw new DOMException("full", "QuotaExceededError");
  },
};

/** A client by `auto()` whose upgrade is refused. */
async function refusedUpgrade(memory: TransportMemory) {
  const [first, second, clock] = [new ScriptedTransport("first"), new ScriptedTransport("second"), new FakeClock()];
  const { client } = scriptedClient({ transports: [auto({ first, second, memory, clock })], clock });
  client.connect();
  await clock.advanceAsync(0);
  first.link.break(1006);
  return { client, first, second, clock };
}

it("connects where the storage takes nothing, and remembers until a reload", async () => {
  const { client, first, second, clock } = await refusedUpgrade(closed);
  second.link.welcome();
  expect(client.state.status).toBe("connected");
  second.link.break(1006);
  await clock.advanceAsync(500);
  expect([first.links.length, second.links.length]).toEqual([1, 2]);
});

it("says so where neither gets through and the storage takes nothing", async () => {
  const { client, second } = await refusedUpgrade(closed);
  second.link.break(1006);
  expect(client.state.status).toBe("waiting");
});
