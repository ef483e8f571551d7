import { refuse } from "@repo/core-realtime";
import type { TransactionalRepository, WithEntityEvents, WriteOptions } from "@repo/realtime-entities";
import { taskListChannel } from "../realtime/task-entity.channel.js";
import type { TaskTransaction } from "../repository/task-repository.js";
import type { Task } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import type { TaskAuthor } from "./task-author.js";

/** The board within a transaction, whose writes are published when it commits. */
export type ToldTransaction = WithEntityEvents<TaskTransaction>;

export interface ChangeBoardDeps {
  /** `withEntityEvents(repository, …)`. */
  readonly tasks: TransactionalRepository<ToldTransaction>;
}

/** One change, as somebody asks for it. */
export interface Change {
  readonly mutationId: string;
  readonly baseVersion?: number | undefined;
}

/** Makes a change once: where its mutation id is known, the first reply is returned again and nothing is changed. */
export async function changeBoard(
  { tasks }: ChangeBoardDeps,
  { change, by }: { readonly change: Change; readonly by: TaskAuthor },
  make: (tx: ToldTransaction, options: WriteOptions) => Promise<TaskReply>,
): Promise<TaskReply> {
  const { mutationId, baseVersion } = change;
  const key = { userId: by.userId, mutationId };
  return tasks.transaction(async (tx) => {
    const known = await tx.mutations.recall(key);
    if (known) return known;
    const reply = await make(tx, { mutationId, baseVersion, by: by.userId });
    await tx.mutations.remember(key, reply);
    return reply;
  });
}

/** The card, or the refusal that it does not exist. */
export function known(task: Task | undefined): Task {
  if (!task) refuse(taskListChannel, "CARD_UNKNOWN", {});
  return task;
}
