import { PubSubBroker } from "@repo/core-realtime/server";
import { createRealtimeHarness, FakeClock, FaultyPubSub } from "@repo/core-testing";
import { createPresence, InMemoryPresenceStore, type PresenceOptions } from "@repo/realtime-presence";
import { expect, it } from "vitest";
import { membersOnly, membersOnlyPresence } from "./chaos-channels";

const STEP_MS = 100;
const PROMISED_MS = 6_000;
const member = (userId: string) => ({ userId, roles: ["member"] });

/** Two nodes with one presence store over a carrier that a test disturbs; time passes for all of them alike. */
async function cluster() {
  const clock = new FakeClock();
  const carrier = new FaultyPubSub({ clock });
  const clocks = [clock];
  const step = async () => {
    for (const each of clocks) await each.advanceAsync(STEP_MS);
  };
  const shared = { channels: [membersOnlyPresence], store: new InMemoryPresenceStore(clock), clock };
  const open = async (name: string) => {
    let isOpen = false;
    const opening = openNode(name, { ...shared, carrier }).finally(() => (isOpen = true));
    while (!isOpen) await step();
    const node = await opening;
    clocks.push(node.clock);
    return node;
  };
  const [near, far] = [await open("near"), await open("far")];
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += STEP_MS) await step();
  };
  return { carrier, near, far, pass };
}

type NodeParts = Pick<PresenceOptions, "channels" | "clock"> & {
  readonly store: InMemoryPresenceStore;
  readonly carrier: FaultyPubSub;
};

async function openNode(nodeId: string, { carrier, ...parts }: NodeParts) {
  const presence = createPresence({ ...parts, nodeId, onError: () => undefined }); // the isolated node may not publish that its members left
  const node = await createRealtimeHarness({
    channels: [membersOnly],
    broker: new PubSubBroker({ clock: parts.clock, carrier: carrier.connect(nodeId) }),
    observers: [presence.observer],
    guards: [presence.guard],
  });
  presence.bind(node.realtime);
  return node;
}

it.each(["in", "out", "both"] as const)(
  "takes the members of a node that is cut off (%s) off the lists of the other within 6 s",
  async (direction) => {
    const { carrier, near, far, pass } = await cluster();
    const [mia, sam] = [await near.client(member("mia")), await far.client(member("sam"))];
    await sam.subscribe(membersOnly);
    await sam.subscribe(membersOnlyPresence);
    await mia.subscribe(membersOnly);
    const last = async () => {
      await sam.roundTrip();
      return sam.received(membersOnlyPresence).at(-1);
    };
    await pass(1_000);
    expect(await last()).toMatchObject({ event: "presence:join", payload: { member: { userId: "mia" } } });
    carrier.cut("near", direction);
    await pass(PROMISED_MS);
    expect(await last()).toMatchObject({ event: "presence:sync", payload: { members: [{ userId: "sam" }] } });
  },
);
