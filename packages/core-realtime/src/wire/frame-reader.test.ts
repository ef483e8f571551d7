import { expect, it } from "vitest";
import { FrameReader } from "./frame-reader.js";
import { messageText } from "./message-text.js";
import { idAt, openEnvelope, type SealedEnvelope } from "./sealed-envelope.js";

const subscribed = (number: number, channel: string, more: object = {}) => ({
  type: "reply",
  id: "1",
  ok: true,
  result: { channel, number, ...more },
});
const position = { epoch: "e", offset: 41 };
const base: SealedEnvelope = {
  id: idAt("a", position),
  channel: "a",
  event: "message",
  json: '{"n":1}',
  at: 5,
  sender: { type: "system" },
  position,
};

it.each<readonly [string, SealedEnvelope]>([
  ["a message of the system in a history", base],
  ["one of a user, with an event", { ...base, event: "moved", sender: { type: "user", id: 'mia "x"' } }],
  ["one of an anonymous visitor, traced", { ...base, sender: { type: "user" }, trace: "00-a-b-01" }],
  ["one of a history that gives ids of its own", { ...base, id: "0199c7d0-0000-7000-8000-000000000000" }],
  ["one without a history", { ...base, id: "own", position: undefined }],
  ["one without a payload", { ...base, json: undefined }],
])("reads back what messageText writes: %s", (_name, envelope) => {
  const reader = new FrameReader();
  reader.read(subscribed(7, "a", { position: { epoch: "e", offset: 1 } }));
  const frame = reader.read(JSON.parse(messageText(7, envelope)));
  expect(frame).toEqual({ type: "message", ...JSON.parse(JSON.stringify(openEnvelope(envelope))) });
});

it("spends at most 60 bytes on a message of a user in a history", () => {
  const place = { epoch: crypto.randomUUID(), offset: 123_456 };
  const text = messageText(1_234, {
    ...base,
    id: idAt("a", place),
    at: 1_796_000_000_000,
    sender: { type: "user", id: "mia" },
    position: place,
  });
  expect(text.length - '{"n":1}'.length).toBeLessThanOrEqual(60);
});

it("reads the messages of a subscribe's reply by the number and epoch of that reply", () => {
  const reader = new FrameReader();
  const messages = [JSON.parse(messageText(3, base))];
  const frame = reader.read(subscribed(3, "a", { position, recovered: true, messages }));
  expect(frame).toMatchObject({ result: { messages: [{ id: "a:e:41", channel: "a", position, payload: { n: 1 } }] } });
  expect(reader.read(frame)).toEqual(frame); // read already
});

it("takes a new number of a channel, and ignores frames of numbers that it does not know", () => {
  const reader = new FrameReader();
  expect(reader.read({ m: 3, t: 1 })).toBeUndefined();
  reader.read(subscribed(3, "a"));
  reader.read(subscribed(4, "b"));
  expect(reader.read({ m: 4, t: 1, i: "x" })).toMatchObject({ channel: "b", id: "x" });
  expect(reader.read(null)).toBeUndefined();
  expect(reader.read({ type: "pong" })).toEqual({ type: "pong" });
});

it("forgets the number of a channel that was left, taken away, or has another by now", () => {
  const reader = new FrameReader();
  const read = (number: number) => reader.read({ m: number, t: 1, p: 1 });
  for (const [number, channel] of ["a", "b", "c", "d"].entries()) reader.read(subscribed(number, channel));
  reader.forget("a");
  reader.read({ type: "left", channel: "b", error: { code: "REVOKED" } });
  reader.read(subscribed(12, "c"));
  expect([0, 1, 2, 3, 12].map((number) => read(number)?.type)).toEqual([
    undefined,
    undefined,
    undefined,
    "message",
    "message",
  ]);
});
