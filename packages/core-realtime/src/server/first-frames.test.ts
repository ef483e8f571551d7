import { expect, it } from "vitest";
import { decodeFirstFrames, readFirstFrames } from "./first-frames.js";

const frames = (count: number) => JSON.stringify(Array.from({ length: count }, () => ({ type: "ping" })));
const encode = (text: string) => Buffer.from(text).toString("base64url");
const codeOf = ({ refusal }: ReturnType<typeof readFirstFrames>) => refusal?.code;

it("takes up to 16 frames, as text and as base64url, and nothing where there is nothing", () => {
  expect(readFirstFrames(frames(16))).toEqual({ first: frames(16) });
  expect(decodeFirstFrames(encode(frames(16)))).toEqual({ first: frames(16) });
  expect(readFirstFrames("[]")).toEqual({ first: "[]" });
  expect([readFirstFrames(undefined), decodeFirstFrames(undefined)]).toEqual([{}, {}]);
});

it.each([[frames(17)], ["{}"], ["[{]"], ["hello"], [""], ["7"]])("refuses %j", (text) => {
  expect(codeOf(readFirstFrames(text))).toBe("HANDSHAKE_INVALID");
  expect(codeOf(decodeFirstFrames(encode(text)))).toBe("HANDSHAKE_INVALID");
});

it.each([[7], [null], [[{ type: "ping" }]], [{}]])("refuses %j where a text belongs", (value) => {
  expect(codeOf(readFirstFrames(value))).toBe("HANDSHAKE_INVALID");
});

it("takes 4 096 bytes and no more, counted as UTF-8", () => {
  const ofBytes = (bytes: number) => `["${"é".repeat((bytes - 4) / 2)}"]`;
  expect(readFirstFrames(ofBytes(4_096)).first).toHaveLength(2_050);
  expect(codeOf(readFirstFrames(ofBytes(4_098)))).toBe("HANDSHAKE_INVALID");
  expect(codeOf(decodeFirstFrames(encode(ofBytes(4_098))))).toBe("HANDSHAKE_INVALID");
});

it.each(["%%%", "W10=", "W1 0", "_w", encode("[]") + "A"])("refuses what is not base64url of UTF-8: %s", (encoded) => {
  expect(codeOf(decodeFirstFrames(encoded))).toBe("HANDSHAKE_INVALID");
});
