import { RealtimeError } from "@repo/core-realtime";
import { onEachDatabase, type DatabaseUnderTest } from "@repo/realtime-postgres/testing";
import { RecordingEventBus } from "@repo/core-testing";
import { withEntityEvents } from "@repo/realtime-entities";
import { expect, it } from "vitest";
import { taskEntity } from "../realtime/task-entity.channel.js";
import { createTask } from "../use-cases/create-task.js";
import { renameTask } from "../use-cases/rename-task.js";
import { mia, sam } from "../testing/board-under-test.js";
import { taskRepositoryContract } from "../testing/task-repository-contract.js";
import { migrateBoard } from "./migrate-board.js";
import { SqlTaskRepository } from "./sql-task-repository.js";

const place = { title: "a", column: "todo", rank: "V", isStaff: false, createdBy: "mia" } as const;

onEachDatabase((name, open) => {
  taskRepositoryContract(`SqlTaskRepository on ${name}`, async () => {
    const { client } = await open({ isMigrated: false });
    await migrateBoard(client);
    let time = 0;
    const tasks = new SqlTaskRepository(client, { now: () => time, mutationsKept: 5, mutationsKeptMs: 60_000 });
    return { tasks, setTime: (now) => void (time = now) };
  });

  it("finds the board that is there", async () => {
    const { tasks, another } = await openBoards();
    const made = await tasks.create({ id: "a", ...place });
    expect(await another.list()).toEqual([made]);
    expect((await another.create({ id: "b", ...place })).version).toBeGreaterThan(made.version);
  });

  it("takes what a client wrote for text, never for SQL", async () => {
    const { tasks } = await openBoards();
    const title = `'); drop table board.tasks; --`;
    await tasks.create({ ...place, id: "a", title, createdBy: title });
    expect(await tasks.find("a' or '1'='1")).toBeUndefined();
    expect(await tasks.list()).toMatchObject([{ title, createdBy: title }]);
  });

  it("loses nothing that two processes write to one card at once, and its versions rise with the commits", async () => {
    const { tasks, another } = await openBoards();
    await tasks.create({ ...place, id: "a", title: "a" });
    const seen: number[] = [];
    const append = async (board: SqlTaskRepository, letter: string) => {
      await board.transaction(async (tx) => {
        const title = `${(await tx.find("a"))?.title}${letter}`;
        seen.push((await tx.update("a", { title }))?.version ?? 0); // within the transaction: in the order of the commits
      });
    };
    const letters = [..."bcdefghijklmnopqrst"];
    await Promise.all(letters.map((letter, index) => append(index % 2 === 0 ? tasks : another, letter)));
    expect([...((await tasks.find("a"))?.title ?? "")].sort()).toEqual(["a", ...letters]);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(new Set(seen).size).toBe(letters.length);
  });

  it("refuses one of two renames that two processes base on one version", async () => {
    const { tasks, another } = await openBoards();
    const { version } = await tasks.create({ ...place, id: "a" });
    const rename = (board: SqlTaskRepository, title: string) =>
      renameTask(published(board))({ id: "a", title, from: "a", baseVersion: version, mutationId: title }, sam);
    const outcomes = await Promise.allSettled([rename(tasks, "one"), rename(another, "other")]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toMatchObject([{ code: "REFUSED", reason: "CONFLICT" }]);
    expect(refused[0]).toBeInstanceOf(RealtimeError);
  });

  it("makes a change once that is sent to two processes at once", async () => {
    const { tasks, another } = await openBoards();
    const wish = { title: "once", column: "todo", rank: "V", mutationId: "m" } as const;
    const replies = await Promise.all([tasks, another].map((board) => createTask(published(board))(wish, mia)));
    expect(replies[0]).toEqual(replies[1]);
    expect(await tasks.list()).toHaveLength(1);
  });

  const itOnServer = it.skipIf(name === "PGlite"); // it has one session: everything waits

  itOnServer("needs one connection, however many writes wait", async () => {
    const { tasks, client } = await openBoards();
    let waiting: Promise<unknown> | undefined;
    await tasks.transaction(async () => {
      waiting = Promise.all(Array.from({ length: 15 }, (_, index) => tasks.create({ ...place, id: `${index}` })));
      await client.query("select 1"); // the pool has 10
    });
    await waiting;
    const versions = [...(await tasks.list())]
      .sort((one, other) => one.version - other.version)
      .map(({ id }) => Number(id));
    expect(versions).toEqual(versions.map((_, index) => index)); // in the order of the calls
  });

  itOnServer("lets a reader pass while a transaction runs elsewhere, and a writer wait for it", async () => {
    const { tasks, another } = await openBoards();
    const order: string[] = [];
    let writing: Promise<void> | undefined;
    await tasks.transaction(async (tx) => {
      await tx.create({ ...place, id: "a" });
      writing = another.create({ ...place, id: "b" }).then(() => void order.push("written"));
      expect(await another.list()).toEqual([]);
      order.push("read");
    });
    await writing;
    expect(order).toEqual(["read", "written"]);
  });

  /** Two processes at one board. */
  async function openBoards() {
    const database: DatabaseUnderTest = await open({ isMigrated: false });
    const clients = [database.client, database.newClient()] as const;
    await migrateBoard(clients[0]);
    const [tasks, another] = [new SqlTaskRepository(clients[0]), new SqlTaskRepository(clients[1])];
    return { tasks, another, client: clients[0] };
  }
});

let count = 0;

function published(board: SqlTaskRepository) {
  const onError = ({ cause }: { readonly cause: unknown }) => {
    throw cause;
  };
  const tasks = withEntityEvents(board, new RecordingEventBus(), { channels: taskEntity, onError });
  return { tasks, newId: () => `new-${(count += 1)}` };
}
