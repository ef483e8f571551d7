import { FakeClock } from "@repo/core-testing";
import { expect, it, vi } from "vitest";
import { createRenewal, type Identity } from "./renewal.js";

/** A renewal whose server's replies come from `reply`, and the moments at which something was offered. */
function renewalUnderTest(reply: (count: number) => Identity | undefined) {
  const clock = new FakeClock(0);
  const offered: number[] = [];
  const offer = (onReply: (identity: Identity | undefined) => void) => {
    offered.push(clock.now());
    onReply(reply(offered.length));
  };
  const renewal = createRenewal({ clock, random: () => 0, offer });
  return { clock, offered, renewal };
}

const mia = (expiresAt?: number): Identity => ({ userId: "mia", expiresAt });

it("offers once, then with back-off, where the session still ends at the same time", () => {
  const { clock, offered, renewal } = renewalUnderTest(() => mia(60_000));
  for (let tenth = 0; tenth < 200; tenth += 1) {
    renewal.warn(60_000); // a server that warns again after each refresh
    clock.advance(100);
  }
  expect(offered).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
});

it.each([
  ["a later end", mia(120_000)],
  ["no end", mia()],
])("is content with %s, and offers again at the next warning", (_, identity) => {
  const { clock, offered, renewal } = renewalUnderTest(() => identity);
  renewal.warn(60_000);
  clock.advance(50_000);
  expect(offered).toEqual([0]);
  renewal.warn(120_000);
  expect(offered).toEqual([0, 50_000]);
});

it("offers again with back-off where nothing could be offered, and stops once it was taken", () => {
  const { clock, offered, renewal } = renewalUnderTest((count) => (count < 3 ? undefined : mia(120_000)));
  renewal.warn(60_000);
  clock.advance(50_000);
  expect(offered).toEqual([0, 1_000, 3_000]);
});

it("takes a session that ends a moment later for the same one", () => {
  const { clock, offered, renewal } = renewalUnderTest((count) => mia(60_000 + count));
  for (let tenth = 0; tenth < 50; tenth += 1) {
    renewal.warn(60_000 + offered.length);
    clock.advance(100);
  }
  expect(offered.length).toBe(3);
});

it("leaves no timer when the link is gone, and begins anew on the next", () => {
  const { clock, renewal, offered } = renewalUnderTest(() => undefined);
  renewal.warn(60_000);
  renewal.stop();
  expect(clock.waiting).toBe(0);
  renewal.warn(60_000);
  expect(offered.length).toBe(2);
});

it("takes no reply of an earlier link", () => {
  const clock = new FakeClock(0);
  const offer = vi.fn();
  const renewal = createRenewal({ clock, random: () => 0, offer });
  renewal.warn(60_000);
  renewal.stop();
  offer.mock.calls[0]?.[0](undefined);
  expect(clock.waiting).toBe(0);
});
