import type { Mutation } from "../optimistic/collection-change.js";
import { OptimisticCollection } from "../optimistic/optimistic-collection.js";
import { deferred } from "./deferred.js";

/** A row of the tests. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

export function task(id: string, title: string, version = 1): Task {
  return { id, title, version };
}

/** A change of a task's title. */
export function rename(title: string) {
  return (row: Task): Task => ({ ...row, title });
}

/** A commit whose reply a test gives, and the mutations it received. */
export function pendingCommit() {
  const reply = deferred<Task | undefined>();
  const mutations: Mutation[] = [];
  const commit = (mutation: Mutation) => {
    mutations.push(mutation);
    return reply.promise;
  };
  return { ...reply, mutations, commit };
}

/** A collection that holds these tasks. */
export async function board(...rows: readonly Task[]) {
  const tasks = new OptimisticCollection<Task>({ key: ({ id }) => id, version: ({ version }) => version });
  await tasks.load(async () => rows);
  return { tasks, titles: () => tasks.rows.map(({ title }) => title) };
}
