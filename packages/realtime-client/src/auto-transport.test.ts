import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { auto, type TransportMemory } from "./auto-transport.js";
import { scriptedClient } from "./testing/scripted-client.js";
import { ScriptedTransport } from "./testing/scripted-transport.js";

/** A storage as some browsers provide it: it exists, and each access throws. */
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

it("reports an error where neither connects and the storage accepts nothing", async () => {
  const { client, second } = await refusedUpgrade(closed);
  second.link.break(1006);
  expect(client.state.status).toBe("waiting");
});

/** A storage that works. */
function storage(): TransportMemory {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

it("goes to the second for a minute after one refused connect, and for an hour only after the next", async () => {
  const { first, second, clock } = await refusedUpgrade(storage());
  second.link.welcome();
  const breakAfter = async (ms: number) => {
    clock.jump(ms);
    second.link.break(1006);
    await clock.advanceAsync(500);
  };
  await breakAfter(30_000);
  expect([first.links.length, second.links.length]).toEqual([1, 2]);
  second.link.welcome();
  await breakAfter(30_000);
  expect([first.links.length, second.links.length]).toEqual([2, 2]);
  first.link.break(1006);
  second.link.welcome();
  await breakAfter(3_500_000);
  expect([first.links.length, second.links.length]).toEqual([2, 4]);
});

it("comes back to the first where a server had only just restarted", async () => {
  const { client, first, second, clock } = await refusedUpgrade(storage());
  second.link.welcome();
  clock.jump(60_000);
  second.link.break(1006);
  await clock.advanceAsync(500);
  first.link.welcome();
  expect(client.transport).toBe("first");
  first.link.break(1006);
  await clock.advanceAsync(500);
  expect([first.links.length, second.links.length]).toEqual([3, 1]);
});

it("waits for a slow gate 1 where the upgrade got through", async () => {
  const [first, second, clock] = [new ScriptedTransport("first"), new ScriptedTransport("second"), new FakeClock()];
  const { client } = scriptedClient({ transports: [auto({ first, second, memory: storage(), clock })], clock });
  client.connect();
  await clock.advanceAsync(0);
  first.link.open();
  await clock.advanceAsync(9_000);
  first.link.welcome();
  expect([client.transport, client.state.status, second.links.length]).toEqual(["first", "connected", 0]);
});

it("turns to the second where a proxy takes the upgrade and swallows every frame", async () => {
  const [first, second, clock] = [new ScriptedTransport("first"), new ScriptedTransport("second"), new FakeClock()];
  const { client } = scriptedClient({ transports: [auto({ first, second, memory: storage(), clock })], clock });
  client.connect();
  for (let attempt = 0; attempt < 100 && second.links.length === 0; attempt += 1) {
    await clock.advanceAsync(1_000);
    first.link.open();
  }
  second.link.welcome();
  expect([client.transport, client.state.status, first.links.length]).toEqual(["second", "connected", 3]);
});

it.each([
  ["reports why neither gets through", false, [new TypeError("Failed to fetch")]],
  ["reports no lost network once the first has worked", true, []],
])("%s", async (_, hasWorked, expected) => {
  const [first, second, clock] = [new ScriptedTransport("first"), new ScriptedTransport("second"), new FakeClock()];
  const { client } = scriptedClient({ transports: [auto({ first, second, memory: storage(), clock })], clock });
  const errors: unknown[] = [];
  client.on("error", (error) => errors.push(error));
  client.connect();
  await clock.advanceAsync(0);
  if (hasWorked) first.link.welcome();
  for (let attempt = 0; attempt < 100 && second.links.length === 0; attempt += 1) {
    first.link.break(1006);
    await clock.advanceAsync(5_000);
  }
  second.link.report(new TypeError("Failed to fetch"));
  expect(errors).toEqual(expected);
});
