import { beforeEach, expect, it } from "vitest";
import { boardUnderTest, card, mia, sam } from "../testing/board-under-test.js";
import { moveTask } from "./move-task.js";
import { removeTask } from "./remove-task.js";
import { renameTask } from "./rename-task.js";
import type { TaskAuthor } from "./task-author.js";

type Ask = (
  id: string,
  by: TaskAuthor,
  more?: { readonly baseVersion?: number; readonly mutationId?: string },
) => Promise<unknown>;

let board: ReturnType<typeof boardUnderTest>;
const rename: Ask = (id, by, more) => renameTask(board)({ id, title: "better", mutationId: "m", ...more }, by);
const move: Ask = (id, by, more) => moveTask(board)({ id, column: "done", rank: "X", mutationId: "m", ...more }, by);
const remove: Ask = (id, by, more) => removeTask(board)({ id, mutationId: "m", ...more }, by);
const ways = [
  ["rename", rename],
  ["move", move],
  ["delete", remove],
] as const;

beforeEach(async () => {
  board = boardUnderTest();
  await board.repository.create(card("a")); // version 1
  await board.repository.create(card("s", { isStaff: true, rank: "W" })); // version 2
});

it("replies with the card as it is then, and publishes the same", async () => {
  const record = { ...card("a"), title: "better", version: 3, updatedAt: 1_000 };
  await expect(rename("a", mia)).resolves.toEqual(record);
  const moved = { ...record, column: "done", rank: "X", version: 4 };
  await expect(move("a", mia, { mutationId: "m-2" })).resolves.toEqual(moved);
  await expect(remove("a", mia, { mutationId: "m-3" })).resolves.toEqual({ id: "a", version: 5 });
  expect(board.published()).toEqual([
    { kind: "updated", id: "a", record, version: 3, mutationId: "m", by: "mia" },
    { kind: "updated", id: "a", record: moved, version: 4, mutationId: "m-2", by: "mia" },
    { kind: "deleted", id: "a", version: 5, mutationId: "m-3", by: "mia" },
  ]);
});

it.each(ways)("refuses a member who wants to %s a staff card with a reason, and allows staff", async (verb, ask) => {
  await expect(ask("s", mia)).rejects.toMatchObject({
    code: "REFUSED",
    reason: "STAFF_CARD",
    data: { tried: verb },
  });
  expect(board.published()).toEqual([]);
  await expect(ask("s", sam)).resolves.toMatchObject({ id: "s" });
});

it.each(ways)("refuses to %s a card that is not there", async (_verb, ask) => {
  await expect(ask("gone", sam)).rejects.toMatchObject({
    code: "REFUSED",
    reason: "CARD_UNKNOWN",
  });
});

it.each(ways)("refuses to %s a card that somebody has changed meanwhile", async (_verb, ask) => {
  await expect(ask("a", mia, { baseVersion: 7 })).rejects.toMatchObject({ code: "REFUSED", reason: "CONFLICT" });
  expect(board.published()).toEqual([]);
  await expect(ask("a", mia, { baseVersion: 1, mutationId: "m-2" })).resolves.toMatchObject({ id: "a" });
});

it.each(ways)("does it once, however often it is asked to %s under one mutation id", async (_verb, ask) => {
  const first = await ask("a", mia, { baseVersion: 1 });
  await expect(ask("a", mia, { baseVersion: 1 })).resolves.toEqual(first);
  expect(board.published()).toHaveLength(1);
});

it("lets one of two people through who changed the same version", async () => {
  const both = [rename("a", mia, { baseVersion: 1 }), rename("a", sam, { baseVersion: 1 })];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
});

it("keeps the first of two new titles for one old title, whatever else has changed of the card", async () => {
  const give = (title: string, by: TaskAuthor, mutationId: string) =>
    renameTask(board)({ id: "a", title, from: "card a", mutationId }, by);
  await move("a", sam); // changes the version, and not the title
  await expect(give("blue", mia, "m-1")).resolves.toMatchObject({ title: "blue" });
  await expect(give("green", sam, "m-2")).rejects.toMatchObject({ code: "REFUSED", reason: "CONFLICT" });
  await expect(give("blue", sam, "m-3")).resolves.toMatchObject({ title: "blue" }); // the same title is no conflict
  expect((await board.repository.find("a"))?.title).toBe("blue");
});

it("moves within a column without regard to the card's own old place", async () => {
  await expect(moveTask(board)({ id: "a", column: "todo", rank: "V", mutationId: "m" }, mia)).resolves.toMatchObject({
    rank: "V",
  });
});
