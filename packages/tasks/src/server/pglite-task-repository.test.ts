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
  const tasks = await PgliteTaskRepository.open(database, {
    now: () => time,
    mutationsKept: 5,
    mutationsKeptMs: 60_000,
  });
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

it("knows the replies of a board from before they had a time", async () => {
  await emptyBoard();
  await database.exec("alter table task_mutations drop column remembered_at");
  const [key, reply] = [
    { userId: "mia", mutationId: "m" },
    { id: "a", version: 1 },
  ];
  const old = "insert into task_mutations (user_id, mutation_id, reply) values ($1, $2, $3)";
  await database.query(old, [key.userId, key.mutationId, reply]);
  const again = await PgliteTaskRepository.open(database);
  await again.transaction(({ mutations }) => mutations.remember({ ...key, mutationId: "n" }, reply));
  expect(await again.transaction(({ mutations }) => mutations.recall(key))).toEqual(reply);
});

it("takes what a client wrote for text, never for SQL", async () => {
  const { tasks } = await emptyBoard();
  const title = `'); drop table tasks; --`;
  await tasks.create({ id: "a", title, column: "todo", rank: "V", isStaff: false, createdBy: title });
  expect(await tasks.find("a' or '1'='1")).toBeUndefined();
  expect(await tasks.list()).toMatchObject([{ title, createdBy: title }]);
});
