import { beforeEach, expect, it } from "vitest";
import { MAX_WISHED_RANK, rankBetween } from "../rank-between.js";
import { taskListChannel } from "../realtime/task-entity.channel.js";
import { boardUnderTest, card, mia, sam } from "../testing/board-under-test.js";
import { createTask } from "./create-task.js";
import { moveTask } from "./move-task.js";
import type { TaskAuthor } from "./task-author.js";

let board: ReturnType<typeof boardUnderTest>;
let count = 0;

beforeEach(() => {
  board = boardUnderTest();
});

const { create, move } = taskListChannel.inbound;
const column = "todo";
const list = () => board.repository.list();
const orderOf = async () => (await list()).map(({ id }) => id);

/** Asks as the border lets ask; gives the new card's id. */
async function add(rank: string, by: TaskAuthor = mia): Promise<string> {
  const id = `card-${(count += 1)}`;
  await createTask(board)(create.parse({ id, title: id, column, rank, mutationId: id }), by);
  return id;
}

/** Adds a card between two others, as an ordinary client does. */
async function addAt(index: number): Promise<void> {
  const before = await list();
  const id = await add(rankBetween(before[index - 1]?.rank ?? null, before[index]?.rank ?? null), sam);
  expect(await orderOf()).toEqual(before.map((task) => task.id).toSpliced(index, 0, id));
}

const most = MAX_WISHED_RANK;
const long = (start: string, end: string) => `${start.padEnd(most - 1, start.at(-1))}${end}`;

it.each([
  ["at the end", [long("z", "z")]],
  ["many at the end", Array.from("123456789ABCDEF", (digit) => long("z", digit))],
  ["before the end", [long("Zz", "z"), long("z", "y"), long("z", "z")]],
  ["at the top", [long("0", "1"), long("0", "2"), long("0", "3")]],
  ["at one place, long and longer", Array.from({ length: 60 }, (_, zeros) => `V${"0".repeat(zeros)}1`)],
  ["one place again and again", Array.from({ length: 80 }, () => long("V", "1"))],
  ["by turns at both ends", Array.from({ length: 60 }, (_, turn) => long(turn % 2 ? "z" : "0", turn % 3 ? "1" : "z"))],
])("lets an ordinary client add everywhere after somebody has sent long ranks %s", async (_where, ranks) => {
  await board.repository.create(card("first", { rank: "V" }));
  for (const rank of ranks) await add(rank);
  for (let round = 0; round < 20; round += 1) {
    const { length } = await list();
    for (const index of [length, 0, Math.floor(length / 2), 1]) await addAt(index);
  }
});

it("keeps room around every card, however long somebody squeezes cards into one gap", async () => {
  const [top, below] = [await add("V"), await add("W")];
  let [low, high] = ["V", "W"];
  for (let turn = 0; turn < 200; turn += 1) {
    const id = await add(rankBetween(low, high));
    const rank = (await list()).find((task) => task.id === id)?.rank ?? "";
    if (rank <= low || rank >= high)
      [low, high] = [rank, (await list())[2]?.rank ?? "z"]; // the column was numbered anew
    else if (turn % 2) low = rank;
    else high = rank;
  }
  const ranks = (await list()).map(({ rank }) => rank);
  expect(Math.max(...ranks.map(({ length }) => length))).toBeLessThan(most / 2 + 1);
  expect([(await orderOf())[0], (await orderOf()).at(-1)]).toEqual([top, below]);
  for (const index of [200, 100, 1, 0]) await addAt(index);
});

it("opens a column that was blocked before long ranks were refused", async () => {
  for (const rank of ["V", "z".repeat(255), "z".repeat(256)]) await board.repository.create(card(rank, { rank }));
  const other = await board.repository.create(card("x", { column: "done" }));
  const rank = rankBetween("z".repeat(256), null);
  await moveTask(board)(move.parse({ id: "x", column, rank, mutationId: "m" }), mia);
  expect(other.column).toBe("done");
  for (const index of [4, 2, 0]) await addAt(index);
});

it("numbers a column anew in its order, staff cards too, and publishes each card that moves with it", async () => {
  await board.repository.create(card("a", { rank: "V".repeat(200), isStaff: true }));
  await board.repository.create(card("b", { rank: "W" }));
  const id = await add("VW");
  expect(await orderOf()).toEqual(["a", id, "b"]);
  expect(board.published().map((change) => [change.id, change.mutationId, change.by])).toEqual([
    ["a", undefined, "mia"],
    ["b", undefined, "mia"],
    [id, id, "mia"],
  ]);
  expect((await list()).map((task) => task.rank)).toEqual(["V", "W", "X"]);
});

it("changes one row where there is room, however long a rank is asked for", async () => {
  for (const rank of ["A", "C"]) await add(rank);
  const before = await list();
  const id = await add(long("A", "1"));
  expect((await list()).filter((task) => task.id !== id)).toEqual(before);
});
