import { expect, it } from "vitest";
import { Outbox } from "./outbox.js";
import { Rooms } from "./rooms.js";
import { StallingSocket } from "./testing/stalling-socket.js";
import { Turn } from "./turn.js";

function outbox(): Outbox {
  const owner = { onOverflow: () => undefined, onProgress: () => undefined };
  return new Outbox(new StallingSocket(), { turn: new Turn(), maxBufferedBytes: 1 }, owner);
}

it("knows who joined, once each, until they leave; an empty room is gone", () => {
  const [rooms, mia, pia] = [new Rooms(), outbox(), outbox()];
  for (const member of [mia, pia, mia]) rooms.join("board", member);
  expect([...(rooms.membersOf("board") ?? [])]).toEqual([mia, pia]);
  rooms.leave("board", mia);
  rooms.leave("elsewhere", mia);
  expect([...(rooms.membersOf("board") ?? [])]).toEqual([pia]);
  rooms.leave("board", pia);
  expect(rooms.membersOf("board")).toBeUndefined();
});
