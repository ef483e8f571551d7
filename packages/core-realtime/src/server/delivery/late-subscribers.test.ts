import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type IRealtimeHistory } from "../../index.js";
import { InMemoryHistory } from "../index.js";
import { nodeUnderTest, type TestClient } from "../node-under-test.js";
import { ManualBroker } from "./manual-broker.js";

/** Keeps three messages. */
const brief = defineRealtimeChannel({
  name: "brief",
  scope: "public",
  payload: z.number(),
  history: { size: 3, ttlMs: 60_000 },
});
const subscribe = { type: "subscribe", channel: "brief", id: "1" };

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

async function fixture(history: IRealtimeHistory = new InMemoryHistory(), opening?: () => unknown) {
  const broker = new ManualBroker();
  const { realtime, enter } = await nodeUnderTest({ broker, history });
  if (opening) realtime.registry.register(brief, { opening });
  else realtime.registry.registerChannel(brief);
  const join = async (name: string) => {
    const client = enter(name);
    client.send(subscribe);
    await settle();
    return client;
  };
  const publish = async (...payloads: readonly number[]) => {
    for (const payload of payloads) await realtime.broadcaster.broadcast(brief, payload);
  };
  return { broker, join, publish };
}

/** Reads whose results arrive when the test releases them; they are read at once. */
function slowReads() {
  const kept = new InMemoryHistory();
  const pending: (() => void)[] = [];
  const history: IRealtimeHistory = {
    append: (entries) => kept.append(entries),
    read(...query) {
      const page = kept.read(...query);
      return new Promise((resolve) => pending.push(() => resolve(page)));
    },
    close: () => kept.close(),
  };
  const release = async (index: number) => {
    pending[index]?.();
    await settle();
  };
  return { history, pending, release };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const payloads = ({ frames }: TestClient) =>
  frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []));
const left = ({ frames }: TestClient) => frames.flatMap((frame) => (frame.type === "left" ? [frame.error.code] : []));

it("keeps a subscription whose reply was newer than what the node has missed for good", async () => {
  const { broker, join, publish } = await fixture();
  const mia = await join("mia");
  await publish(1, 2, 3, 4, 5);
  const sam = await join("sam"); // the reply stands at 5; the node has delivered nothing
  await publish(6);
  const pia = await join("pia"); // and another one at 6
  await publish(7);
  broker.node.onGap(["brief"]);
  await settle();
  expect([left(mia), left(sam), left(pia)]).toEqual([["GAP"], [], []]);
  expect([payloads(sam), payloads(pia)]).toEqual([[6, 7], [7]]);
  await publish(8);
  broker.deliver(7);
  expect([payloads(sam), payloads(pia)]).toEqual([
    [6, 7, 8],
    [7, 8],
  ]);
});

it("continues with what arrived early where the history has lost what was missing", async () => {
  const { history, release, pending } = slowReads();
  const { broker, join, publish } = await fixture(history);
  await join("mia");
  await release(0);
  await publish(1, 2, 3, 4, 5);
  const sam = await join("sam");
  await release(1);
  broker.node.onGap(["brief"]);
  await publish(6);
  broker.deliver(5); // after the history was read
  await release(2);
  expect([payloads(sam), left(sam)]).toEqual([[6], []]);
  expect(pending).toHaveLength(3);
});

it("reads the history again where its result was overtaken by what the node has delivered", async () => {
  const { history, release } = slowReads();
  const { broker, join, publish } = await fixture(history);
  const sam = await join("sam");
  await publish(1);
  broker.deliver(0); // held back: the history has not been read yet
  await join("mia");
  await release(1); // mia's, which was read later
  await release(0);
  await publish(2);
  broker.deliver(1);
  await release(2);
  expect(sam.frames.at(-2)).toMatchObject({ type: "reply", result: { position: { offset: 1 } } });
  expect(payloads(sam)).toEqual([2]);
});

it("ends a subscription with GAP where the node gave messages up while its channel opened", async () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const { broker, join, publish } = await fixture(undefined, () => opened);
  const mia = await join("mia");
  await publish(1, 2, 3, 4, 5);
  broker.node.onGap(["brief"]);
  await settle();
  open();
  await settle();
  expect(mia.frames.slice(1)).toMatchObject([
    { type: "reply", result: { position: { offset: 0 } } },
    { type: "left", error: { code: "GAP" } },
  ]);
});
