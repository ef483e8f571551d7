import { expect, it } from "vitest";
import { peopleOf, type PresenceMember } from "./presence-member.js";
import { afterMessage } from "./presence-message.js";

const member = (connectionId: string, userId: string | null, meta?: string): PresenceMember<string> => ({
  connectionId,
  userId,
  meta,
  joinedAt: 0,
});
const [mia, tom] = [member("1", "mia"), member("2", "tom")];

it("adds a member that joins, once", () => {
  const join = { event: "presence:join", payload: { member: tom, tabs: 1 } } as const;
  expect(afterMessage(afterMessage([mia], join), join)).toEqual([mia, tom]);
});

it("removes a member that leaves, and only that tab", () => {
  const leave = { event: "presence:leave", payload: { member: mia, tabs: 1 } } as const;
  expect(afterMessage([mia, member("3", "mia"), tom], leave)).toEqual([member("3", "mia"), tom]);
});

it("keeps a member's place when its meta changes", () => {
  const now = member("1", "mia", "card 7");
  expect(afterMessage([mia, tom], { event: "presence:update", payload: now })).toEqual([now, tom]);
});

it("puts a person's tabs together, and leaves other people apart", () => {
  const members = [mia, member("3", null), tom, member("4", "mia"), member("5", null)];
  const people = peopleOf(members).map(({ userId, tabs }) => [userId, ...tabs.map(({ connectionId }) => connectionId)]);
  expect(people).toEqual([["mia", "1", "4"], [null, "3"], ["tom", "2"], [null, "5"]]); // prettier-ignore
});
