import type { ITaskRepository, TaskChanges, TaskDraft, TaskTransaction } from "../repository/task-repository.js";
import type { Task } from "../task.js";
import { PgliteTaskRows } from "./pglite-task-rows.js";
import type { SqlClient } from "./sql-client.js";
import { prepareTaskTables } from "./task-tables.js";

/** A board in Postgres: PGlite's, or another client's that runs one transaction at a time. */
export class PgliteTaskRepository implements ITaskRepository {
  readonly #client: SqlClient;
  readonly #now: () => number;
  readonly #rows: PgliteTaskRows;

  private constructor(client: SqlClient, now: () => number) {
    this.#client = client;
    this.#now = now;
    this.#rows = new PgliteTaskRows(client, now);
  }

  /** Makes the tables where they are missing. The client stays its owner's to close. */
  static async open(client: SqlClient, now: () => number = Date.now): Promise<PgliteTaskRepository> {
    await prepareTaskTables(client);
    return new PgliteTaskRepository(client, now);
  }

  list(): Promise<readonly Task[]> {
    return this.#rows.list();
  }

  find(id: string): Promise<Task | undefined> {
    return this.#rows.find(id);
  }

  create(draft: TaskDraft): Promise<Task> {
    return this.#rows.create(draft);
  }

  update(id: string, changes: TaskChanges): Promise<Task | undefined> {
    return this.#rows.update(id, changes);
  }

  delete(id: string): Promise<Task | undefined> {
    return this.#rows.delete(id);
  }

  transaction<Result>(run: (tx: TaskTransaction) => Promise<Result>): Promise<Result> {
    return this.#client.transaction((tx) => run(new PgliteTaskRows(tx, this.#now)));
  }
}
