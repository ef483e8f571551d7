import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { carryOverBoard } from "./carry-over-board.js";
import { migrateBoard } from "./migrate-board.js";
import type { SqlClient } from "./sql-client.js";
import { SqlTaskRepository } from "./sql-task-repository.js";

const card = { id: "new", title: "b", column: "todo", rank: "W", isStaff: false, createdBy: "mia" } as const;
const key = { userId: "mia", mutationId: "m" };

onEachDatabase((name, open) => {
  const itOnServer = it.skipIf(name === "PGlite"); // it opens one database at a time

  itOnServer("has the cards, the replies and the versions of the board that was there", async () => {
    const { client, tasks } = await newBoard();
    expect(await carryOverBoard(client, oldDatabase)).toBe(1);
    expect(await tasks.list()).toEqual([
      { ...card, id: "old", title: `it's "it" — ✓`, isStaff: true, version: 57, updatedAt: 1_780_000_000_123 },
    ]);
    expect(await tasks.transaction(({ mutations }) => mutations.recall(key))).toEqual({ id: "old", version: 57 });
    expect((await tasks.create(card)).version).toBe(59);
  });

  itOnServer("takes replies that have no time, as the first boards kept them", async () => {
    const { client, tasks } = await newBoard();
    const old = await oldDatabase();
    await old.query("alter table task_mutations drop column remembered_at");
    await carryOverBoard(client, async () => old);
    await tasks.transaction(({ mutations }) =>
      mutations.remember({ ...key, mutationId: "n" }, { id: "a", version: 1 }),
    );
    expect(await tasks.transaction(({ mutations }) => mutations.recall(key))).toEqual({ id: "old", version: 57 });
  });

  itOnServer("leaves a board alone that was written to, even where it is empty now", async () => {
    const { client, tasks } = await newBoard();
    await tasks.create(card);
    await tasks.delete(card.id);
    const open = () => Promise.reject(new Error("opened"));
    expect(await carryOverBoard(client, open)).toBeUndefined();
    expect(await tasks.list()).toEqual([]);
  });

  itOnServer("finds nothing in a database that was closed before it had a table", async () => {
    const { client, tasks } = await newBoard();
    expect(await carryOverBoard(client, newClient)).toBe(0);
    expect((await tasks.create(card)).version).toBe(1);
  });

  async function newClient(): Promise<SqlClient> {
    return (await open({ isMigrated: false })).client;
  }

  async function newBoard() {
    const client = await newClient();
    await migrateBoard(client);
    return { client, tasks: new SqlTaskRepository(client) };
  }

  /** As the board kept itself when it had a database of its own. */
  async function oldDatabase(): Promise<SqlClient> {
    const client = await newClient();
    for (const statement of OLD_TABLES) await client.query(statement);
    const values = ["old", `it's "it" — ✓`, "todo", "W", true, "mia", 57, 1_780_000_000_123];
    await client.query("insert into tasks values ($1, $2, $3, $4, $5, $6, $7, $8)", values);
    const reply = { id: "old", version: 57 };
    await client.query("insert into task_mutations values (1, $1, $2, $3, $4)", ["mia", "m", reply, Date.now()]);
    return client;
  }
});

const OLD_TABLES = [
  `create sequence task_version as integer`,
  `select setval('task_version', 58)`,
  `create table tasks (
     id text primary key,
     title text not null,
     "column" text not null,
     rank text collate "C" not null,
     is_staff boolean not null,
     created_by text not null,
     version integer not null,
     updated_at double precision not null
   )`,
  `create table task_mutations (
     seq serial unique,
     user_id text not null,
     mutation_id text not null,
     reply jsonb not null,
     remembered_at double precision not null,
     primary key (user_id, mutation_id)
   )`,
];
