import { DEFAULT_LIMITS } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import { frameParser } from "./frame-decoder.js";

const { Decoder } = frameParser({ ...DEFAULT_LIMITS, maxFrameBytes: 50 });

function decode(packet: unknown): unknown {
  let decoded: unknown;
  const decoder = new Decoder();
  decoder.on("decoded", (result: unknown) => (decoded = result));
  decoder.add(packet);
  decoder.destroy();
  return decoded;
}

const frameOf = (packet: unknown) => (decode(packet) as { data: [string, unknown] }).data[1];

it("reads CONNECT and DISCONNECT", () => {
  expect(decode("0")).toEqual({ type: 0, nsp: "/", data: {} });
  expect(decode(`0{"token":"t"}`)).toEqual({ type: 0, nsp: "/", data: { token: "t" } });
  expect(decode("1")).toEqual({ type: 1, nsp: "/" });
});

it("reads an event as the frame of its name, with the acknowledgement it waits for", () => {
  expect(frameOf(`2["subscribe",{"channel":"a"}]`)).toEqual({ frame: { type: "subscribe", channel: "a" } });
  expect(frameOf(`217["ping"]`)).toEqual({ frame: { type: "ping" }, ackId: "17" });
});

it("accepts one event only, whatever name a peer sends", () => {
  for (const packet of [
    `2["error",{}]`,
    `2["disconnect"]`,
    "nonsense",
    "37[]",
    "0[]",
    "0/admin,",
    Buffer.from("x"),
    undefined,
  ])
    expect(decode(packet)).toMatchObject({ type: 2, nsp: "/", data: ["frame", {}] });
});

it("takes no more than one argument", () => {
  expect(frameOf(`2["x",{},{}]`)).toEqual({ frame: null });
});

it("keeps __proto__ where it was, so that the gateway sees it", () => {
  const { frame } = frameOf(`2["x",{"__proto__":{"admin":true}}]`) as { frame: object };
  expect(Object.keys(frame)).toContain("__proto__");
  expect(Object.getPrototypeOf(frame)).toBe(Object.prototype);
});

it("passes on as text what is larger than a frame may be, its wrapping not counted", () => {
  const body = (bytes: number) => `{"a":"${"x".repeat(bytes - 8)}"}`;
  expect(frameOf(`2["x",${body(50)}]`)).toMatchObject({ frame: { type: "x" } });
  expect(frameOf(`2["x",${body(51)}]`)).toEqual({ frame: `["x",${body(51)}]` });
});

it("takes any safe integer for an acknowledgement's id, and nothing above", () => {
  expect(frameOf(`2${Number.MAX_SAFE_INTEGER}["ping"]`)).toMatchObject({ ackId: "9007199254740991" });
  for (const digits of ["9007199254740992", "9".repeat(16), "9".repeat(400)])
    expect(frameOf(`2${digits}["ping"]`)).toEqual({ frame: null });
});
