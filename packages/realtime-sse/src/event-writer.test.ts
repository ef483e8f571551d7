import { FlushScheduler, OutboundQueue, ownFrame } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import { encodeEvent, joinEvents, type EncodedEvents } from "./encoded-events.js";
import { EventWriter } from "./event-writer.js";
import { markAt, Positions } from "./positions.js";
import { TestSink } from "./testing/test-sink.js";

const at = (channel: string, offset: number, begins = false) =>
  markAt({ channel, since: { epoch: "e", offset } }, begins);
const event = (text: string, ...[mark]: readonly ReturnType<typeof at>[]) => encodeEvent(`"${text}"`, { mark });

const NEVER_FULL = { onOverflow: () => expect.unreachable() };

/** A writer whose reader has joined channels, and stands at 1 in each. */
function open(...channels: readonly string[]) {
  const [sink, positions] = [new TestSink(), new Positions()];
  for (const channel of channels) {
    positions.join(channel);
    positions.note(at(channel, 1, true));
  }
  positions.id();
  return { sink, positions, writer: new EventWriter(sink, positions) };
}

it("writes joined events, and behind them one id of where they leave their reader", () => {
  const { sink, writer } = open("a", "b");
  writer.write(
    joinEvents([event("one", at("a", 2)), event("reply"), event("two", at("b", 2)), event("3", at("a", 3))]),
  );
  expect(sink.text).toBe(`data: "one"\n\ndata: "reply"\n\ndata: "two"\n\ndata: "3"\n\nid: b=e=2;a=e=3\n\n`);
});

it("writes the very same bytes to all readers at the same position, and their own to the rest", () => {
  const [mia, pia, sam] = [open("a"), open("a"), open("a", "b")];
  const shared = joinEvents([event("one", at("a", 2)), event("two", at("a", 3))]);
  for (const { writer } of [mia, pia, sam]) writer.write(shared);
  expect(mia.sink.written[0]).toBe(pia.sink.written[0]);
  expect(sam.sink.text).toContain("id: b=e=1;a=e=3\n\n");
});

it("names a channel whose reply and first message are joined", () => {
  const { sink, positions, writer } = open();
  positions.join("a");
  writer.write(joinEvents([event("reply", at("a", 7, true)), event("message", at("a", 8))]));
  expect(sink.text).toMatch(/id: a=e=8\n\n$/);
});

it("keeps a message out of the id until it is written: what waits behind a slow reader would be skipped", () => {
  const { sink, positions, writer } = open("a");
  const scheduler = new FlushScheduler<EncodedEvents>();
  const queue = new OutboundQueue(writer, { scheduler, join: joinEvents, maxBufferedBytes: 1_000 }, NEVER_FULL);
  sink.isBlocked = true;
  for (const frame of [event("one", at("a", 2)), event("two", at("a", 3))]) {
    queue.append(ownFrame(frame));
    queue.flush();
  }
  expect(positions.id()).toBeUndefined();
  expect(sink.text).toMatch(/id: a=e=2\n\n$/);
  sink.isBlocked = false;
  queue.onDrain();
  expect(sink.text).toMatch(/"two"\n\nid: a=e=3\n\n$/);
});

it("writes an id alone only where it is new, and a comment as the sign of life where it is not", () => {
  const { sink, positions, writer } = open("a");
  expect(writer.writeId()).toBe(false);
  positions.note(at("a", 2));
  writer.keepAlive();
  writer.keepAlive();
  expect(sink.text).toBe("id: a=e=2\n\n:\n\n");
});
