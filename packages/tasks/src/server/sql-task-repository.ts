import { KeyedSerialQueue } from "@repo/core-realtime";
import {
  TASK_REPOSITORY_DEFAULTS,
  type ITaskRepository,
  type TaskChanges,
  type TaskDraft,
  type TaskRepositoryOptions,
  type TaskTransaction,
} from "../repository/task-repository.js";
import type { Task } from "../task.js";
import type { SqlClient } from "./sql-client.js";
import { SqlTaskRows } from "./sql-task-rows.js";

/** A board in Postgres, for any number of processes. The tables are there after `migrateBoard`; the client is its owner's to close. */
export class SqlTaskRepository implements ITaskRepository {
  readonly #client: SqlClient;
  readonly #options: Required<TaskRepositoryOptions>;
  readonly #rows: SqlTaskRows;
  readonly #queue = new KeyedSerialQueue(); // this process's writes in their order, and on one connection

  constructor(client: SqlClient, options: TaskRepositoryOptions = {}) {
    this.#client = client;
    this.#options = { ...TASK_REPOSITORY_DEFAULTS, ...options };
    this.#rows = new SqlTaskRows(client, this.#options);
  }

  list(): Promise<readonly Task[]> {
    return this.#rows.list();
  }

  find(id: string): Promise<Task | undefined> {
    return this.#rows.find(id);
  }

  create(draft: TaskDraft): Promise<Task> {
    return this.transaction((tx) => tx.create(draft));
  }

  update(id: string, changes: TaskChanges): Promise<Task | undefined> {
    return this.transaction((tx) => tx.update(id, changes));
  }

  delete(id: string): Promise<Task | undefined> {
    return this.transaction((tx) => tx.delete(id));
  }

  transaction<Result>(run: (tx: TaskTransaction) => Promise<Result>): Promise<Result> {
    return this.#queue.push("board", () =>
      this.#client.transaction(async (tx) => {
        await tx.query(LOCK);
        return run(new SqlTaskRows(tx, this.#options));
      }),
    );
  }
}

/** Other processes' writes wait for it, until the commit; readers do not. First in a transaction: what follows reads what was committed before. */
export const LOCK = `lock table board.tasks in share row exclusive mode`;
