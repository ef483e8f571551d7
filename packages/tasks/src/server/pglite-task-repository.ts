import {
  TASK_REPOSITORY_DEFAULTS,
  type ITaskRepository,
  type TaskChanges,
  type TaskDraft,
  type TaskRepositoryOptions,
  type TaskTransaction,
} from "../repository/task-repository.js";
import type { Task } from "../task.js";
import { PgliteTaskRows } from "./pglite-task-rows.js";
import type { SqlClient } from "./sql-client.js";
import { prepareTaskTables } from "./task-tables.js";

/** A board in Postgres: PGlite's, or another client's that runs one transaction at a time. */
export class PgliteTaskRepository implements ITaskRepository {
  readonly #client: SqlClient;
  readonly #options: Required<TaskRepositoryOptions>;
  readonly #rows: PgliteTaskRows;

  private constructor(client: SqlClient, options: Required<TaskRepositoryOptions>) {
    this.#client = client;
    this.#options = options;
    this.#rows = new PgliteTaskRows(client, options);
  }

  /** Makes the tables where they are missing. The client stays its owner's to close. */
  static async open(client: SqlClient, options: TaskRepositoryOptions = {}): Promise<PgliteTaskRepository> {
    await prepareTaskTables(client);
    return new PgliteTaskRepository(client, { ...TASK_REPOSITORY_DEFAULTS, ...options });
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
    return this.#client.transaction((tx) => run(new PgliteTaskRows(tx, this.#options)));
  }
}
