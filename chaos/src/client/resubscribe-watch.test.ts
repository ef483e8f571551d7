import type { ServerFrame } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { watchResubscribes } from "./resubscribe-watch";

const confirmed = (channel: string): ServerFrame => ({ type: "reply", id: "s", ok: true, result: { channel } });

function connection() {
  const passed: ServerFrame[] = [];
  const again: string[] = [];
  const gaps: string[] = [];
  const { onFrame } = watchResubscribes(
    { onFrame: (frame: ServerFrame) => void passed.push(frame) },
    { onResubscribed: (channel) => again.push(channel), onGap: (channel) => gaps.push(channel) },
  );
  return { passed, again, gaps, onFrame };
}

it("reports a channel that is subscribed twice on one connection, and passes every frame on", () => {
  const { passed, again, onFrame } = connection();
  const frames = [confirmed("hall"), confirmed("membersOnly"), confirmed("hall")];
  frames.forEach(onFrame);
  expect(again).toEqual(["hall"]);
  expect(passed).toEqual(frames);
});

it("reports a channel that the server ended with GAP, and none that it ended otherwise", () => {
  const { gaps, onFrame } = connection();
  for (const code of ["GAP", "REVOKED"] as const)
    onFrame({ type: "left", channel: `ended by ${code}`, error: { code, message: "", retry: "later" } });
  expect(gaps).toEqual(["ended by GAP"]);
});

it("reports nothing of refusals, of other replies, and of another connection", () => {
  const { again, onFrame } = connection();
  onFrame({ type: "reply", id: "s", ok: false, error: { code: "UNAUTHORIZED", message: "", retry: "never" } });
  onFrame({ type: "reply", id: "m", ok: true, result: { id: "1" } });
  onFrame(confirmed("hall"));
  connection().onFrame(confirmed("hall"));
  expect(again).toEqual([]);
});
