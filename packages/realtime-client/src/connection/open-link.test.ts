import { FakeClock } from "@repo/core-testing";
import { expect, it, vi } from "vitest";
import { ScriptedTransport, wireError } from "../testing/scripted-transport.js";
import { openLink } from "./open-link.js";

function linkUnderTest() {
  const clock = new FakeClock();
  const transport = new ScriptedTransport();
  const onFrame = vi.fn();
  const onClose = vi.fn();
  let id = 0;
  const link = openLink({
    transport,
    url: "/",
    token: "t",
    clock,
    nextId: () => `${++id}`,
    onFrame,
    onClose,
    onError: vi.fn(),
  });
  return { clock, peer: transport.link, link, onFrame, onClose };
}

it("passes each reply to its requester, once", () => {
  const { peer, link } = linkUnderTest();
  const [first, second] = [vi.fn(), vi.fn()];
  link.request({ type: "subscribe", channel: "a" }, first);
  link.request({ type: "message", id: "own", channel: "a" }, second);
  const reply = { type: "reply", id: "own", ok: true } as const;
  peer.emit(reply);
  peer.emit(reply);
  expect(second.mock.calls).toEqual([[reply]]);
  expect(first).not.toHaveBeenCalled();
  expect(peer.sent).toMatchObject([{ id: "1" }, { id: "own" }]);
});

it("pings as soon as it is connected, after the app's first frames, and measures the round trip", () => {
  const { clock, peer, link, onFrame } = linkUnderTest();
  onFrame.mockImplementation(() => link.send({ type: "unsubscribe", channel: "a" }));
  peer.welcome();
  expect(peer.sent.map(({ type }) => type)).toEqual(["unsubscribe", "ping"]);
  clock.advance(40);
  peer.emit({ type: "pong" });
  expect(link.latencyMs).toBe(40);
});

it("stays well while the server replies", () => {
  const { clock, peer, onClose } = linkUnderTest();
  peer.welcome();
  for (let minute = 0; minute < 10; minute += 1) {
    peer.emit({ type: "pong" });
    clock.advance(27_000);
  }
  expect(onClose).not.toHaveBeenCalled();
  expect(peer.of("ping").length).toBe(11);
});

it("closes a silent link within its quiet time and 9 s", () => {
  const { clock, peer, onClose } = linkUnderTest();
  peer.welcome();
  peer.emit({ type: "pong" });
  clock.advance(25_000);
  expect(onClose).not.toHaveBeenCalled();
  clock.advance(9_000);
  expect(onClose.mock.calls).toEqual([[true, undefined, undefined]]);
  expect(peer.isClosedByClient).toBe(true);
});

it("finds out within 10 s of waking that the link died while the machine slept", () => {
  const { clock, peer, onClose } = linkUnderTest();
  peer.welcome();
  peer.emit({ type: "pong" });
  clock.advance(1_000);
  clock.jump(8 * 3_600_000); // asleep: the wall clock goes on, timers stand still
  clock.advance(10_000);
  expect(onClose).toHaveBeenCalledOnce();
});

it("keeps a link that replies after a sleep", () => {
  const { clock, peer, onClose } = linkUnderTest();
  peer.welcome();
  peer.emit({ type: "pong" });
  clock.jump(8 * 3_600_000);
  clock.advance(3_000);
  peer.emit({ type: "pong" });
  clock.advance(10_000);
  expect(onClose).not.toHaveBeenCalled();
});

it("takes the close frame for the end, whenever the transport notices", () => {
  const { peer, onClose } = linkUnderTest();
  const error = wireError("EXPELLED");
  peer.emit({ type: "close", closeCode: 4521, error });
  peer.break(1006);
  expect(onClose.mock.calls).toEqual([[true, 4521, error]]);
});

it("reports that a link closed before its first frame", () => {
  const { peer, onClose } = linkUnderTest();
  peer.break(1006);
  expect(onClose.mock.calls).toEqual([[false, 1006, undefined]]);
});

it("calls no callback after its end, and leaves no timer", () => {
  const { clock, peer, link, onFrame, onClose } = linkUnderTest();
  peer.welcome();
  link.end();
  onFrame.mockClear();
  peer.emit({ type: "left", channel: "a", error: wireError("REVOKED") });
  peer.break();
  expect(onFrame).not.toHaveBeenCalled();
  expect(onClose).not.toHaveBeenCalled();
  expect(clock.waiting).toBe(0);
});
