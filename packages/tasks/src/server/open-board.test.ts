import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { openBoard } from "./open-board.js";

vi.setConfig({ testTimeout: 60_000 }); // a database boots, several times, on a busy machine

const card = { id: "a", title: "survive", column: "todo", rank: "V", isStaff: false, createdBy: "mia" } as const;
const key = { userId: "mia", mutationId: "m" };
let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "board-")), "data");
  onTestFinished(() => rm(join(folder, ".."), { recursive: true, force: true }));
});

it("finds after a restart what it was left with: cards, versions and replies", async () => {
  const first = await openBoard({ folder });
  const made = await first.tasks.create(card);
  await first.tasks.transaction((tx) => tx.mutations.remember(key, made));
  await first.close();
  const second = await openBoard({ folder });
  onTestFinished(() => second.close());
  expect(await second.tasks.list()).toEqual([made]);
  expect(await second.tasks.transaction((tx) => tx.mutations.recall(key))).toEqual(made);
  expect((await second.tasks.update("a", { title: "go on" }))?.version).toBeGreaterThan(made.version);
});

it("finds the replies from before the process was killed", async () => {
  const board = await openBoard({ folder });
  onTestFinished(() => board.close());
  const made = await board.tasks.transaction((tx) => tx.create(card));
  const left = join(folder, "..", "left"); // what is on the disk at this moment, the lock included
  await cp(folder, left, { recursive: true });
  const next = await openBoard({ folder: left });
  onTestFinished(() => next.close());
  expect(await next.tasks.list()).toEqual([made]);
});

it("lets nobody open it twice, and releases the folder when it is closed", async () => {
  const board = await openBoard({ folder });
  await expect(openBoard({ folder })).rejects.toThrow(/uses .*: end it, or name another folder/);
  await board.close();
  expect(existsSync(join(folder, "process.lock"))).toBe(false);
});

it("begins afresh where a process was killed while it prepared the folder", async () => {
  await mkdir(join(folder, "postgres"), { recursive: true });
  await writeFile(join(folder, "postgres", "PG_VERSION"), "18\n"); // and nothing else of it
  const board = await openBoard({ folder });
  expect(await board.tasks.list()).toEqual([]);
  await board.close();
});

it("releases the folder where the board cannot be opened", async () => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "complete"), "");
  await writeFile(join(folder, "postgres"), "a file in the way");
  await expect(openBoard({ folder })).rejects.toThrow();
  expect(existsSync(join(folder, "process.lock"))).toBe(false);
});
