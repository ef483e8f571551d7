import type { InboundInput } from "@repo/core-realtime";
import type { taskListChannel } from "../realtime/task-entity.channel.js";
import type { Task } from "../task.js";
import type { TaskReply } from "../task-reply.js";

type Command = "create" | "rename" | "move" | "remove";

/** A change of the board, as it is sent. */
export type BoardChange = {
  readonly [Event in Command]: readonly [event: Event, payload: InboundInput<typeof taskListChannel, Event>];
}[Command];

/** What somebody has done, for themselves to read. */
export interface OwnChange {
  readonly id: string;
  readonly words: string;
  /** What they have written. */
  readonly draft?: string;
}

const COMMANDS: { readonly [Name in Command]: true } = { create: true, rename: true, move: true, remove: true };

/** Whether a message of the board's channel that was kept in the browser is a change. */
export function isBoardChange(message: readonly [event: string | undefined, payload: unknown]): message is BoardChange {
  return message[0] !== undefined && Object.hasOwn(COMMANDS, message[0]); // the payload is what this board has sent
}

/** Describes a change; `titleOf` is what its card is called at the moment. */
export function describeChange([event, payload]: BoardChange, titleOf: (id: string) => string): OwnChange {
  const { id = "" } = payload;
  switch (event) {
    case "create":
      return { id, words: `new card “${payload.title}”`, draft: payload.title };
    case "rename":
      return { id, words: `“${payload.from ?? titleOf(id)}” renamed to “${payload.title}”`, draft: payload.title };
    case "move":
      return { id, words: `“${titleOf(id)}” moved` };
    case "remove":
      return { id, words: `“${titleOf(id)}” deleted` };
  }
}

/** What a change is shown in: an `OptimisticCollection`. */
export interface ShownTasks {
  create(row: Task, commit: () => Promise<Task | undefined>): Promise<unknown>;
  update(id: string, change: (row: Task) => Task, commit: () => Promise<Task | undefined>): Promise<unknown>;
  delete(id: string, commit: () => Promise<unknown>): Promise<unknown>;
}

/** Shows a change at once, until its reply settles it. */
export function showChange(
  shown: ShownTasks,
  [event, payload]: BoardChange,
  { reply, createdBy }: { readonly reply: Promise<TaskReply>; readonly createdBy: string },
): Promise<unknown> {
  const { id = "" } = payload;
  const taskOf = async () => {
    const now = await reply;
    return "title" in now ? now : undefined;
  };
  switch (event) {
    case "create": {
      const { title, column, rank, isStaff = false } = payload;
      const task = { id, title, column, rank, isStaff, createdBy, version: 0, updatedAt: Date.now() };
      return shown.create(task, taskOf);
    }
    case "rename":
      return shown.update(id, (task) => ({ ...task, title: payload.title }), taskOf);
    case "move":
      return shown.update(id, (task) => ({ ...task, column: payload.column, rank: payload.rank }), taskOf);
    case "remove":
      return shown.delete(id, () => reply);
  }
}
