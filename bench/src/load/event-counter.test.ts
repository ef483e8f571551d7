import { expect, it } from "vitest";
import { EventCounter } from "./event-counter.js";

const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

const bytes = Buffer.from(
  [
    chunk("retry: 3000\n\n"),
    chunk(':\n\nid: 7\ndata: {"a":1}\n\ndata: two'),
    chunk(" lines\ndata: of one event\n\n"),
    chunk(`data: ${"x".repeat(300)}\n`),
    chunk("\n:\n\n"),
  ].join(""),
);

it.each([1, 2, 3, 7, 1_000])("counts events, not comments or bare fields, in pieces of %i bytes", (size) => {
  let events = 0;
  const counter = new EventCounter(() => (events += 1));
  for (let at = 0; at < bytes.length; at += size) counter.read(bytes.subarray(at, at + size));
  expect(events).toBe(3);
});
