import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RecordingLogger } from "@repo/core-observability/testing";
import { PgliteClient } from "@repo/realtime-postgres";
import { migrateBoard, SqlTaskRepository } from "@repo/tasks/server";
import { expect, it, onTestFinished, vi } from "vitest";
import { carryOldBoard } from "./carry-old-board";
import { freshDatabase } from "./fresh-database";
import { openAppDatabase } from "./open-app-database";

vi.setConfig({ testTimeout: 120_000 }); // a database starts several times, on a busy machine

const card = { id: "a", title: "survive", column: "todo", rank: "V", isStaff: false, createdBy: "mia" } as const;

it("moves a board that had a database of its own, once, keeps its folder, and says so", async () => {
  const parent = await mkdtemp(join(tmpdir(), "web-next-old-board-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, "board");
  const made = await keepOldBoard(folder);
  const client = await openAppDatabase({ kind: "memory" });
  onTestFinished(() => client.close());
  const logger = new RecordingLogger();
  await carryOldBoard({ client, folder, logger });
  const tasks = new SqlTaskRepository(client);
  expect(await tasks.list()).toEqual([made]);
  expect((await tasks.update("a", { title: "go on" }))?.version).toBeGreaterThan(made.version);
  expect([existsSync(folder), existsSync(`${folder}.carried-over`)]).toEqual([false, true]);
  expect(messagesOf(logger)).toEqual([
    `The 1 cards of ${folder} are in the database now. You may delete ${folder}.carried-over.`,
  ]);

  await carryOldBoard({ client, folder, logger }); // there is none any more
  await carryOldBoard({ client, folder: undefined, logger });
  expect(logger.entries).toHaveLength(1);

  await carryOldBoard({ client, folder: `${folder}.carried-over`, logger }); // as where two folders are given one after the other
  expect(await tasks.list()).toMatchObject([{ title: "go on" }]);
  expect(messagesOf(logger)[1]).toContain("has a board, and so has the database");
  expect(existsSync(`${folder}.carried-over`)).toBe(true);
});

function messagesOf({ entries }: RecordingLogger): readonly string[] {
  return entries.map(({ message }) => message);
}

/** As older versions kept it: the same tables, in the schema `public` of a folder of its own. */
async function keepOldBoard(folder: string) {
  const client = await PgliteClient.open({ folder, loadDataDir: freshDatabase, prepare: migrateBoard });
  const made = await new SqlTaskRepository(client).create(card);
  for (const one of ["table board.tasks", "table board.task_mutations", "sequence board.task_version"])
    await client.query(`alter ${one} set schema public`);
  await client.query("drop schema board cascade");
  await client.close();
  return made;
}
