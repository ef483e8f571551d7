import { expect, it } from "vitest";
import { SerialLine } from "./serial-line.js";

it("runs one task at a time, in order, and goes on after one that throws", async () => {
  const seen: string[] = [];
  const line = new SerialLine((cause) => seen.push(`reported ${String(cause)}`));
  let release: () => void = () => undefined;
  line.push(async () => {
    seen.push("first begins");
    await new Promise<void>((resolve) => (release = resolve));
    seen.push("first ends");
  });
  line.push(() => {
    throw "a throw";
  });
  line.push(() => Promise.reject("a rejection"));
  const done = new Promise<void>((resolve) => line.push(resolve));
  expect(seen).toEqual(["first begins"]);
  expect(line.waiting).toBe(3);
  release();
  await done;
  expect(seen).toEqual(["first begins", "first ends", "reported a throw", "reported a rejection"]);
});
