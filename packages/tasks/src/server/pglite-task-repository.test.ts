import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { taskRepositoryContract } from "../testing/task-repository-contract.js";
import { freshDatabase } from "./fresh-database.js";
import { PgliteTaskRepository } from "./pglite-task-repository.js";

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create({ loadDataDir: await freshDatabase() });
}, 60_000);
afterAll(() => database.close());

async function emptyBoard() {
  await database.exec("drop table if exists tasks, task_mutations; drop sequence if exists task_version");
  let time = 0;
  const tasks = await PgliteTaskRepository.open(database, { now: () => time, mutationsKept: 5 });
  return { tasks, setTime: (now: number) => void (time = now) };
}

taskRepositoryContract("PgliteTaskRepository", emptyBoard);

it("finds the board that is there", async () => {
  const { tasks } = await emptyBoard();
  const place = { title: "a", column: "todo", rank: "V", isStaff: false, createdBy: "mia" } as const;
  const made = await tasks.create({ id: "a", ...place });
  const again = await PgliteTaskRepository.open(database);
  expect(await again.list()).toEqual([made]);
  expect((await again.create({ id: "b", ...place })).version).toBeGreaterThan(made.version);
});

it("takes what a client wrote for text, never for SQL", async () => {
  const { tasks } = await emptyBoard();
  const title = `'); drop table tasks; --`;
  await tasks.create({ id: "a", title, column: "todo", rank: "V", isStaff: false, createdBy: title });
  expect(await tasks.find("a' or '1'='1")).toBeUndefined();
  expect(await tasks.list()).toMatchObject([{ title, createdBy: title }]);
});
