import { expect, it } from "vitest";
import { FrameCounter } from "./frame-counter.js";

function frame(opcode: number, length: number): Buffer {
  const head = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255]; // prettier-ignore
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head]), Buffer.alloc(length, 0x81)]);
}

const bytes = Buffer.concat([
  frame(1, 5),
  frame(9, 0),
  frame(1, 126),
  frame(1, 70_000),
  frame(9, 3),
  frame(1, 1),
  frame(1, 2),
]);

it.each([1, 2, 3, 7, 1_000, bytes.length])("counts the same in pieces of %i bytes", (size) => {
  let [frames, pings, heartbeats] = [0, 0, 0];
  const counter = new FrameCounter({
    onFrame: () => (frames += 1),
    onPing: () => (pings += 1),
    onHeartbeat: () => (heartbeats += 1),
  });
  for (let at = 0; at < bytes.length; at += size) counter.read(bytes.subarray(at, at + size));
  expect([frames, pings, heartbeats]).toEqual([4, 2, 1]);
});
