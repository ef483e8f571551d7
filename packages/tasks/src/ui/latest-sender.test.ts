import { expect, it, vi } from "vitest";
import { LatestSender } from "./latest-sender.js";

function sender() {
  const sent: number[] = [];
  const open: (() => void)[] = [];
  const settled = () => new Promise<void>((resolve) => open.push(resolve));
  const go = async () => {
    for (const resolve of open.splice(0)) resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { sent, settled, go };
}

it("sends the first value at once, and then only the latest", async () => {
  const { sent, settled, go } = sender();
  const latest = new LatestSender<number>(async (value) => void sent.push(value), settled);
  for (const value of [1, 2, 3]) latest.offer(value);
  expect(sent).toEqual([1]);
  await go();
  expect(sent).toEqual([1, 3]);
  await go();
  latest.offer(4);
  expect(sent).toEqual([1, 3, 4]);
});

it("never sends two at a time, however slow the connection is", async () => {
  const { sent, settled, go } = sender();
  const send = vi.fn((value: number) => (sent.push(value), settled()));
  const latest = new LatestSender<number>(send, async () => undefined);
  latest.offer(1);
  await new Promise((resolve) => setImmediate(resolve));
  latest.offer(2);
  expect(sent).toEqual([1]);
  await go();
  expect(sent).toEqual([1, 2]);
});

it("goes on after one that was refused", async () => {
  const { sent } = sender();
  const send = async (value: number) => {
    sent.push(value);
    throw new Error("refused");
  };
  const latest = new LatestSender<number>(send, async () => undefined);
  latest.offer(1);
  latest.offer(2);
  await vi.waitFor(() => expect(sent).toEqual([1, 2]));
});
