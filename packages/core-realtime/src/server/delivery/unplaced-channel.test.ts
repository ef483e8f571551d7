import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type HistoryPage, type IRealtimeHistory } from "../../index.js";
import { InMemoryHistory } from "../index.js";
import { nodeUnderTest, type TestClient } from "../node-under-test.js";
import { ManualBroker } from "./manual-broker.js";

const log = defineRealtimeChannel({
  name: "log",
  scope: "public",
  payload: z.number(),
  history: { size: 100, ttlMs: 60_000 },
});
const subscribe = { type: "subscribe", channel: "log" };

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** A history whose pages have no position before the first message, and whose reads return when the test releases them. */
function sparseHistory() {
  const kept = new InMemoryHistory();
  const reads: (() => void)[] = [];
  const history: IRealtimeHistory = {
    append: (entries) => kept.append(entries),
    async read(...query) {
      const { position, ...page } = await kept.read(...query);
      await new Promise<void>((resolve) => reads.push(resolve));
      return position?.offset === 0 ? page : ({ position, ...page } satisfies HistoryPage);
    },
    close: () => kept.close(),
  };
  const finishReads = async () => {
    await settle();
    for (const finish of reads.splice(0)) finish();
    await settle();
  };
  return { history, finishReads };
}

async function fixture() {
  const { history, finishReads } = sparseHistory();
  const broker = new ManualBroker();
  const { realtime, enter } = await nodeUnderTest({ broker, history });
  realtime.registry.registerChannel(log);
  const mia = enter("mia");
  mia.send({ ...subscribe, id: "1" });
  const publish = async (payload: number) => {
    await realtime.broadcaster.broadcast(log, payload);
    broker.deliver(broker.published.length - 1);
    await settle();
  };
  const again = async () => {
    mia.send({ ...subscribe, id: "2" });
    await finishReads();
  };
  return { mia, publish, finishReads, again };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const payloads = ({ frames }: TestClient) =>
  frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []));
const left = ({ frames }: TestClient) => frames.flatMap((frame) => (frame.type === "left" ? [frame.error.code] : []));

it("reports a gap at the first message to subscribers that have no position, and delivers after it", async () => {
  const { mia, publish, finishReads, again } = await fixture();
  await finishReads();
  await publish(1);
  expect(left(mia)).toEqual(["GAP"]);
  await again();
  await publish(2);
  expect(payloads(mia)).toEqual([2]);
  expect(mia.frames.at(-1)).toMatchObject({ position: { offset: 2 } });
});

it("reports a gap where the first message is published while the empty history is read", async () => {
  const { mia, publish, finishReads, again } = await fixture();
  await settle();
  await publish(1);
  await finishReads();
  expect(left(mia)).toEqual(["GAP"]);
  await again();
  await publish(2);
  expect(payloads(mia)).toEqual([2]);
});
