import type { Task } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import { byPlace } from "./task-order.js";
import type { MutationKey, TaskChanges, TaskDraft, TaskRepositoryOptions, TaskTransaction } from "./task-repository.js";

interface KeptReply {
  readonly userId: string;
  readonly reply: TaskReply;
  readonly at: number;
}

/** Cards and replies in two maps; a transaction works on a copy of both. */
export class InMemoryTaskRows implements TaskTransaction {
  readonly #options: Required<TaskRepositoryOptions>;
  readonly #tasks: Map<string, Task>;
  readonly #replies: Map<string, KeptReply>;
  #version: number;

  constructor(options: Required<TaskRepositoryOptions>, from?: InMemoryTaskRows) {
    this.#options = options;
    this.#tasks = new Map(from ? from.#tasks : []);
    this.#replies = new Map(from ? from.#replies : []);
    this.#version = from ? from.#version : 0;
  }

  readonly mutations = {
    recall: async (key: MutationKey) => this.#replies.get(keyOf(key))?.reply,
    remember: async (key: MutationKey, reply: TaskReply) => {
      const { now, mutationsKept, mutationsKeptMs } = this.#options;
      const at = now();
      this.#replies.set(keyOf(key), { userId: key.userId, reply, at });
      const own = [...this.#replies].filter(([, { userId }]) => userId === key.userId);
      const tooMany = own.slice(0, Math.max(0, own.length - mutationsKept));
      const tooOld = [...this.#replies].filter(([, kept]) => kept.at < at - mutationsKeptMs);
      for (const [forgotten] of [...tooMany, ...tooOld]) this.#replies.delete(forgotten);
    },
  };

  copy(): InMemoryTaskRows {
    return new InMemoryTaskRows(this.#options, this);
  }

  async list(): Promise<readonly Task[]> {
    return [...this.#tasks.values()].sort(byPlace);
  }

  async find(id: string): Promise<Task | undefined> {
    return this.#tasks.get(id);
  }

  async create(draft: TaskDraft): Promise<Task> {
    if (this.#tasks.has(draft.id)) throw new TypeError(`There is a card "${draft.id}" already; find it first.`);
    return this.#put(draft);
  }

  async update(id: string, changes: TaskChanges): Promise<Task | undefined> {
    const task = this.#tasks.get(id);
    return task && this.#put({ ...task, ...changes });
  }

  async delete(id: string): Promise<Task | undefined> {
    const task = this.#tasks.get(id);
    if (this.#tasks.delete(id)) this.#version += 1; // the deletion's own: a card that comes back has a higher one
    return task;
  }

  #put(draft: TaskDraft): Task {
    this.#version += 1;
    const task = { ...draft, version: this.#version, updatedAt: this.#options.now() };
    this.#tasks.set(task.id, task);
    return task;
  }
}

function keyOf({ userId, mutationId }: MutationKey): string {
  return JSON.stringify([userId, mutationId]);
}
