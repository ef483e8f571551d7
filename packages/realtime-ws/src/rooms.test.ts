import { FlushScheduler, OutboundQueue } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import { Rooms } from "./rooms.js";

function queue(): OutboundQueue<Buffer> {
  const sink = { waitingBytes: 0, isBlocked: false, write: () => undefined };
  const options = { scheduler: new FlushScheduler<Buffer>(), join: Buffer.concat, maxBufferedBytes: 1 };
  return new OutboundQueue(sink, options, { onOverflow: () => undefined });
}

it("knows who joined, once each, until they leave; an empty room is gone", () => {
  const [rooms, mia, pia] = [new Rooms(), queue(), queue()];
  for (const member of [mia, pia, mia]) rooms.join("board", member);
  expect([...(rooms.membersOf("board") ?? [])]).toEqual([mia, pia]);
  rooms.leave("board", mia);
  rooms.leave("elsewhere", mia);
  expect([...(rooms.membersOf("board") ?? [])]).toEqual([pia]);
  rooms.leave("board", pia);
  expect(rooms.membersOf("board")).toBeUndefined();
});
