import { expect, it } from "vitest";
import { OutboundBatch } from "./outbound-batch.js";
import { frame, join } from "./queue-under-test.js";

const [one, two, three] = [frame("one "), frame("two "), frame("three ")];
const textOf = (batch: OutboundBatch<Buffer>) => batch.joined(join).toString().trim();

it("joins its frames in order", () => {
  const batch = new OutboundBatch<Buffer>().with(one).with(two).with(three);
  expect(textOf(batch)).toBe("one two three");
  expect(batch.bytes).toBe(batch.joined(join).length);
});

it("is the same batch, joined once, for all connections that were sent the same frames", () => {
  const start = new OutboundBatch<Buffer>();
  const [mia, pia] = [start, start].map((batch) => batch.with(one).with(two));
  expect(mia).toBe(pia);
  expect(mia?.joined(join)).toBe(pia?.joined(join));
});

it("parts where the frames part", () => {
  const shared = new OutboundBatch<Buffer>().with(one);
  const [mia, pia] = [shared.with(two), shared.with(three)];
  expect([textOf(shared), textOf(mia), textOf(pia)]).toEqual(["one", "one two", "one three"]);
});

it("returns a lone frame without a copy", () => {
  expect(new OutboundBatch<Buffer>().with(one).joined(join)).toBe(one.encoded);
});

it("joins a chain of twenty thousand", () => {
  let batch = new OutboundBatch<Buffer>();
  for (let n = 0; n < 20_000; n += 1) batch = batch.with(one);
  expect(batch.joined(join)).toHaveLength(20_000 * one.bytes);
});

it("leaves a channel's frames out, and keeps the order of the rest", () => {
  const ofBoard = { ...two, channel: "board" };
  const batch = new OutboundBatch<Buffer>().with(one).with(ofBoard).with(three).with(ofBoard);
  expect(textOf(batch.without("board"))).toBe("one three");
});

it("keeps no frame once it has forgotten what was built upon it", () => {
  const start = new OutboundBatch<Buffer>();
  const before = start.with(one);
  start.forget();
  expect(start.with(one)).not.toBe(before);
});
