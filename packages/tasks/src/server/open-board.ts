import { mkdir } from "node:fs/promises";
import type { ITaskRepository, TaskRepositoryOptions } from "../repository/task-repository.js";
import { lockFolder } from "./lock-folder.js";
import { openDatabase } from "./open-database.js";
import { PgliteTaskRepository } from "./pglite-task-repository.js";

export interface OpenBoardOptions extends TaskRepositoryOptions {
  /** Where the board is kept; made where it is missing. One process at a time. */
  readonly folder: string;
}

/** A board that outlives the process. */
export interface OpenBoard {
  readonly tasks: ITaskRepository;
  close(): Promise<void>;
}

/**
 * Opens the board of a folder, in a Postgres within this process.
 * @throws Error where another process has it open: two would ruin it.
 */
export async function openBoard({ folder, ...options }: OpenBoardOptions): Promise<OpenBoard> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const database = await openDatabase(folder);
    const tasks = await PgliteTaskRepository.open(database, options);
    return {
      tasks,
      async close() {
        await database.close();
        await unlock();
      },
    };
  } catch (cause) {
    await unlock();
    throw cause;
  }
}
