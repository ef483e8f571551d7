import { expect, it } from "vitest";
import { Positions } from "./positions.js";

const at = (channel: string, offset: number, begins = false) => ({ channel, position: { epoch: "e", offset }, begins });

it("says nothing of a channel before its reply has left: a browser would skip what that reply brings", () => {
  const positions = new Positions();
  positions.join("a");
  positions.note(at("a", 7));
  expect(positions.tell()).toBeUndefined();
  positions.note(at("a", 7, true));
  expect(String(positions.tell())).toBe("id: a=e=7\n\n");
});

it("moves on with each message, and tells only what is new", () => {
  const positions = joined("a", "b");
  positions.note(at("a", 2));
  expect(String(positions.tellBehind(100))).toBe("id: b=e=1;a=e=2\n\n");
  expect(positions.tellBehind(100)).toBeUndefined();
});

it("does not name a channel that was left, nor one that was never joined", () => {
  const positions = joined("a", "b");
  expect(positions.leave("a")).toBe(true);
  positions.note(at("a", 9, true));
  positions.note(at("c", 9, true));
  expect(String(positions.tellBehind(0))).toBe("id: b=e=1\n\n");
  positions.leave("b");
  expect(String(positions.tellBehind(0))).toBe("id: \n\n"); // a browser then sends no Last-Event-ID
});

it("writes no more ids than messages, in bytes", () => {
  const positions = joined(...Array.from({ length: 50 }, (_, n) => `channel-${n}`));
  let ids = 0;
  for (let offset = 2; offset < 202; offset += 1) {
    positions.note(at("channel-0", offset));
    ids += positions.tellBehind(100)?.length ?? 0;
  }
  expect(ids).toBeGreaterThan(0);
  expect(ids).toBeLessThan(200 * 100);
  positions.note(at("channel-0", 202));
  expect(String(positions.tell())).toContain("channel-0=e=202"); // a quiet stream is caught up by the keep-alive
});

function joined(...channels: readonly string[]): Positions {
  const positions = new Positions();
  for (const channel of channels) {
    positions.join(channel);
    positions.note(at(channel, 1, true));
  }
  positions.tell();
  return positions;
}
