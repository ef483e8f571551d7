import { expect, it } from "vitest";
import { PING_FRAME, pongFrame, textFrame } from "./web-socket-frame.js";

it.each([
  [0, [0x81, 0]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [65_535, [0x81, 126, 0xff, 0xff]],
  [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
])("frames %d bytes of text as RFC 6455 defines", (length, header) => {
  const frame = textFrame("x".repeat(length));
  expect([...frame.subarray(0, header.length)]).toEqual(header);
  expect(frame.subarray(header.length).toString()).toBe("x".repeat(length));
});

it("counts a character of several bytes as several", () => {
  expect(textFrame("🜂")).toEqual(Buffer.from([0x81, 4, ...Buffer.from("🜂")]));
});

it("frames a ping, and a pong with the ping's payload", () => {
  expect([...PING_FRAME]).toEqual([0x89, 0]);
  expect(pongFrame(Buffer.from("abc"))).toEqual(Buffer.from([0x8a, 3, ...Buffer.from("abc")]));
});
