import { OptimisticCollection } from "@repo/realtime-client/optimistic";
import { expect, it } from "vitest";
import type { Task } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import { describeChange, isBoardChange, showChange, type BoardChange } from "./board-change.js";
import { byRank } from "./columns.js";

const card: Task = {
  ...{ id: "a", title: "paint", column: "todo", rank: "V", isStaff: false },
  ...{ createdBy: "mia", version: 1, updatedAt: 0 },
};
const never = new Promise<TaskReply>(() => undefined);
const titleOf = () => "paint";

function board() {
  const shown = new OptimisticCollection<Task>({
    key: ({ id }) => id,
    version: ({ version }) => version,
    compare: byRank,
  });
  shown.receive({ kind: "put", row: card });
  const show = (change: BoardChange, reply: Promise<TaskReply> = never) =>
    showChange(shown, change, { reply, createdBy: "mia" });
  return { shown, show };
}

it("shows a new card, its new title and its move before any of them has a reply", () => {
  const { shown, show } = board();
  void show(["create", { id: "b", title: "sand", column: "todo", rank: "W", mutationId: "m-1" }]);
  void show(["rename", { id: "b", title: "polish", from: "sand", mutationId: "m-2" }]);
  void show(["move", { id: "b", column: "done", rank: "X", mutationId: "m-3" }]);
  expect(shown.get("b")).toMatchObject({ title: "polish", column: "done", rank: "X", createdBy: "mia" });
});

it("shows a card again that was deleted and taken back, whose deletion has no reply yet", () => {
  const { shown, show } = board();
  void show(["remove", { id: "a", mutationId: "m-1" }]);
  expect(shown.rows).toEqual([]);
  void show(["create", { id: "a", title: "paint", column: "todo", rank: "V", mutationId: "m-2" }]);
  expect(shown.rows).toMatchObject([{ id: "a", title: "paint" }]);
});

it("keeps a card taken back when deletion and restoring have their replies, in their versions", async () => {
  const { shown, show } = board();
  const removed = show(["remove", { id: "a", mutationId: "m-1" }], Promise.resolve({ id: "a", version: 2 }));
  const back: Task = { ...card, version: 3 };
  const restored = show(
    ["create", { id: "a", title: "paint", column: "todo", rank: "V", mutationId: "m-2" }],
    Promise.resolve(back),
  );
  await Promise.all([removed, restored]);
  expect(shown.rows).toEqual([back]);
});

it("takes back the one change that is refused", async () => {
  const { shown, show } = board();
  void show(["move", { id: "a", column: "done", rank: "X", mutationId: "m-1" }]);
  const reply = Promise.reject(new Error("refused"));
  const renamed = show(["rename", { id: "b", title: "x", mutationId: "m-2" }], reply);
  await expect(renamed).rejects.toThrow("refused");
  expect(shown.get("a")).toMatchObject({ title: "paint", column: "done" });
});

it("describes changes, with what somebody has written", () => {
  const words = (change: BoardChange) => describeChange(change, titleOf);
  expect([
    words(["create", { id: "b", title: "sand", column: "todo", rank: "W", mutationId: "m" }]),
    words(["rename", { id: "a", title: "dry", from: "wet", mutationId: "m" }]),
    words(["move", { id: "a", column: "done", rank: "X", mutationId: "m" }]),
    words(["remove", { id: "a", mutationId: "m" }]),
  ]).toEqual([
    { id: "b", words: "new card “sand”", draft: "sand" },
    { id: "a", words: "“wet” renamed to “dry”", draft: "dry" },
    { id: "a", words: "“paint” moved" },
    { id: "a", words: "“paint” deleted" },
  ]);
});

it("knows what is a change of the board", () => {
  expect([isBoardChange(["move", {}]), isBoardChange(["toString", {}]), isBoardChange([undefined, {}])]).toEqual([
    true,
    false,
    false,
  ]);
});
