import { expect, it } from "vitest";
import { markAt, Positions } from "./positions.js";

const at = (channel: string, offset: number, begins = false) =>
  markAt({ channel, since: { epoch: "e", offset } }, begins);

it("sends no position of a channel before its reply has left: a browser would skip what that reply brings", () => {
  const positions = new Positions();
  positions.join("a");
  positions.note(at("a", 7));
  expect(positions.id()).toBeUndefined();
  positions.note(at("a", 7, true));
  expect(positions.id()).toBe("a=e=7");
});

it("moves on with each message, and sends only what is new", () => {
  const positions = joined("a", "b");
  positions.note(at("a", 2));
  expect(positions.idBehind(100)).toBe("b=e=1;a=e=2");
  expect(positions.idBehind(100)).toBeUndefined();
});

it("does not name a channel that was left, nor one that was never joined", () => {
  const positions = joined("a", "b");
  expect(positions.leave("a")).toBe(true);
  positions.note(at("a", 9, true));
  positions.note(at("c", 9, true));
  expect(positions.idBehind(0)).toBe("b=e=1");
  positions.leave("b");
  expect(positions.idBehind(0)).toBe(""); // a browser then sends no Last-Event-ID
});

it("writes no more ids than messages, in bytes", () => {
  const positions = joined(...Array.from({ length: 50 }, (_, n) => `channel-${n}`));
  let ids = 0;
  for (let offset = 2; offset < 202; offset += 1) {
    positions.note(at("channel-0", offset));
    ids += positions.idBehind(100)?.length ?? 0;
  }
  expect(ids).toBeGreaterThan(0);
  expect(ids).toBeLessThan(200 * 100);
  positions.note(at("channel-0", 202));
  expect(positions.id()).toContain("channel-0=e=202"); // a quiet stream is caught up by the keep-alive
});

function joined(...channels: readonly string[]): Positions {
  const positions = new Positions();
  for (const channel of channels) {
    positions.join(channel);
    positions.note(at(channel, 1, true));
  }
  positions.id();
  return positions;
}
