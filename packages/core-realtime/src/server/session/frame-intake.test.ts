import { expect, it } from "vitest";
import { FrameIntake } from "./frame-intake.js";
import { DEFAULT_LIMITS } from "../limits/limits.js";
import { systemClock } from "../system-clock.js";

const intake = new FrameIntake(systemClock, { ...DEFAULT_LIMITS, maxFrameBytes: 100 });
const read = (text: string) => intake.read(text, { waiting: 0, isOpen: true });
const ping = (bytes: number, filling: string) => {
  const frame = (text: string) => JSON.stringify({ type: "ping", text });
  return frame(filling.repeat((bytes - frame("").length) / Buffer.byteLength(filling)));
};

it.each(["a", "é", "€", "🜂"])("measures a frame full of %s in bytes, not in characters", (filling) => {
  const fits = ping(100, filling);
  expect(read(fits).kind).toBe("frame");
  expect(read(`${fits.slice(0, -1)}${" ".repeat(101 - Buffer.byteLength(fits))}}`)).toMatchObject({
    kind: "over limit",
    error: { code: "FRAME_TOO_LARGE" },
  });
});
