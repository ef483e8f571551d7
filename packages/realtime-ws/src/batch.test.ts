import { expect, it } from "vitest";
import { Batch } from "./batch.js";
import { ownFrame, type WireFrame } from "./wire-frame.js";

const [one, two, three] = ["one", "two", "three"].map(ownFrame) as [WireFrame, WireFrame, WireFrame];
const textOf = (batch: Batch) => batch.joined().toString().replaceAll(/\W+/g, " ").trim();

it("joins its frames in order", () => {
  const batch = new Batch().with(one).with(two).with(three);
  expect(batch.joined()).toEqual(Buffer.concat([one.bytes, two.bytes, three.bytes]));
  expect(batch.bytes).toBe(batch.joined().length);
});

it("is the same batch, and the same bytes, for all who got the same frames", () => {
  const start = new Batch();
  const [mia, pia] = [start, start].map((batch) => batch.with(one).with(two));
  expect(mia).toBe(pia);
  expect(mia?.joined()).toBe(pia?.joined());
});

it("parts where the frames part", () => {
  const shared = new Batch().with(one);
  const [mia, pia] = [shared.with(two), shared.with(three)];
  expect([textOf(shared), textOf(mia), textOf(pia)]).toEqual(["one", "one two", "one three"]);
});

it("hands a lone frame on without a copy", () => {
  expect(new Batch().with(one).joined()).toBe(one.bytes);
});

it("joins a chain of twenty thousand", () => {
  let batch = new Batch();
  for (let n = 0; n < 20_000; n += 1) batch = batch.with(one);
  expect(batch.joined()).toHaveLength(20_000 * one.bytes.length);
});

it("leaves a channel's frames out, and keeps the order of the rest", () => {
  const ofBoard: WireFrame = { ...two, channel: "board" };
  const batch = new Batch().with(one).with(ofBoard).with(three).with(ofBoard);
  expect(textOf(batch.without("board"))).toBe("one three");
});

it("keeps nothing of a turn once it has forgotten it", () => {
  const start = new Batch();
  const before = start.with(one);
  start.forget();
  expect(start.with(one)).not.toBe(before);
});
