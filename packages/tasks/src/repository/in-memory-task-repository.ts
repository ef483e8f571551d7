import { KeyedSerialQueue } from "@repo/core-realtime";
import type { Task } from "../task.js";
import { InMemoryTaskRows } from "./in-memory-task-rows.js";
import {
  TASK_REPOSITORY_DEFAULTS,
  type ITaskRepository,
  type TaskChanges,
  type TaskDraft,
  type TaskRepositoryOptions,
  type TaskTransaction,
} from "./task-repository.js";

/** A board that is gone with the process: for tests, and for pages that render outside the server. */
export class InMemoryTaskRepository implements ITaskRepository {
  readonly #line = new KeyedSerialQueue();
  #rows: InMemoryTaskRows;

  constructor(options: TaskRepositoryOptions = {}) {
    this.#rows = new InMemoryTaskRows({ ...TASK_REPOSITORY_DEFAULTS, ...options });
  }

  list(): Promise<readonly Task[]> {
    return this.#inTurn((rows) => rows.list());
  }

  find(id: string): Promise<Task | undefined> {
    return this.#inTurn((rows) => rows.find(id));
  }

  create(draft: TaskDraft): Promise<Task> {
    return this.#inTurn((rows) => rows.create(draft));
  }

  update(id: string, changes: TaskChanges): Promise<Task | undefined> {
    return this.#inTurn((rows) => rows.update(id, changes));
  }

  delete(id: string): Promise<Task | undefined> {
    return this.#inTurn((rows) => rows.delete(id));
  }

  transaction<Result>(run: (tx: TaskTransaction) => Promise<Result>): Promise<Result> {
    return this.#inTurn(async (rows) => {
      const copy = rows.copy();
      const result = await run(copy);
      this.#rows = copy;
      return result;
    });
  }

  #inTurn<Result>(work: (rows: InMemoryTaskRows) => Promise<Result>): Promise<Result> {
    return this.#line.push("board", () => work(this.#rows));
  }
}
