import type {
  MutationKey,
  TaskChanges,
  TaskDraft,
  TaskRepositoryOptions,
  TaskTransaction,
} from "../repository/task-repository.js";
import { TASK_COLUMNS, taskRecord, type Task } from "../task.js";
import { taskReply, type TaskReply } from "../task-reply.js";
import type { SqlRunner } from "./sql-client.js";

const TASK = `id, title, "column", rank, is_staff as "isStaff", created_by as "createdBy", version, updated_at as "updatedAt"`;

/** Cards and replies as SQL. Writes are within a transaction that has the board's lock. */
export class SqlTaskRows implements TaskTransaction {
  readonly #sql: SqlRunner;
  readonly #options: Required<TaskRepositoryOptions>;

  constructor(sql: SqlRunner, options: Required<TaskRepositoryOptions>) {
    this.#sql = sql;
    this.#options = options;
  }

  readonly mutations = {
    recall: async ({ userId, mutationId }: MutationKey): Promise<TaskReply | undefined> => {
      const text = `select reply from board.task_mutations where user_id = $1 and mutation_id = $2`;
      const [row] = await this.#sql.query<{ readonly reply: unknown }>(text, [userId, mutationId]);
      return row && taskReply.parse(row.reply);
    },
    remember: async ({ userId, mutationId }: MutationKey, reply: TaskReply): Promise<void> => {
      const { now, mutationsKept, mutationsKeptMs } = this.#options;
      const text = `insert into board.task_mutations (user_id, mutation_id, reply, remembered_at) values ($1, $2, $3, $4)`;
      await this.#sql.query(text, [userId, mutationId, reply, now()]);
      const tooMany = `select seq from board.task_mutations where user_id = $1 order by seq desc offset $2`;
      await this.#sql.query(`delete from board.task_mutations where seq in (${tooMany})`, [userId, mutationsKept]);
      await this.#sql.query(`delete from board.task_mutations where remembered_at < $1`, [now() - mutationsKeptMs]);
    },
  };

  async list(): Promise<readonly Task[]> {
    const order = `array_position($1::text[], "column"), rank, id collate "C"`;
    return this.#tasks(`select ${TASK} from board.tasks order by ${order}`, [[...TASK_COLUMNS]]);
  }

  async find(id: string): Promise<Task | undefined> {
    const [task] = await this.#tasks(`select ${TASK} from board.tasks where id = $1`, [id]);
    return task;
  }

  async create({ id, title, column, rank, isStaff, createdBy }: TaskDraft): Promise<Task> {
    const [task] = await this.#tasks(
      `insert into board.tasks (id, title, "column", rank, is_staff, created_by, version, updated_at)
       values ($1, $2, $3, $4, $5, $6, nextval('board.task_version'), $7) returning ${TASK}`,
      [id, title, column, rank, isStaff, createdBy, this.#options.now()],
    );
    if (!task) throw new Error(`Postgres inserted the card "${id}" and returned nothing.`);
    return task;
  }

  async update(id: string, { title, column, rank }: TaskChanges): Promise<Task | undefined> {
    const [task] = await this.#tasks(
      `update board.tasks set title = coalesce($2, title), "column" = coalesce($3, "column"), rank = coalesce($4, rank),
         version = nextval('board.task_version'), updated_at = $5 where id = $1 returning ${TASK}`,
      [id, title ?? null, column ?? null, rank ?? null, this.#options.now()],
    );
    return task;
  }

  async delete(id: string): Promise<Task | undefined> {
    const [task] = await this.#tasks(`delete from board.tasks where id = $1 returning ${TASK}`, [id]);
    if (task) await this.#sql.query(`select nextval('board.task_version')`); // the deletion's own version: a card that comes back has a higher one
    return task;
  }

  async #tasks(text: string, values: readonly unknown[]): Promise<readonly Task[]> {
    const rows = await this.#sql.query<unknown>(text, values);
    return rows.map((row) => taskRecord.parse(row));
  }
}
