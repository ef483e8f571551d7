import type { Task } from "../task.js";
import type { TaskReply } from "../task-reply.js";

/** A card to be; the repository adds the version and the time. */
export type TaskDraft = Omit<Task, "version" | "updatedAt">;
/** What may change of a card. */
export type TaskChanges = Partial<Pick<Task, "title" | "column" | "rank">>;

/** The cards of the board. `undefined`: there is no such card. */
export interface TaskRows {
  /** By column from left to right, by rank from top to bottom; of two that share a rank, by id. */
  list(): Promise<readonly Task[]>;
  find(id: string): Promise<Task | undefined>;
  create(draft: TaskDraft): Promise<Task>;
  update(id: string, changes: TaskChanges): Promise<Task | undefined>;
  /** Resolves with the card as it was. */
  delete(id: string): Promise<Task | undefined>;
}

/** Whose change it is, in its own words. Another user's words are other changes. */
export interface MutationKey {
  readonly userId: string;
  readonly mutationId: string;
}

/** The replies to changes, for a client that repeats one: after a reconnect, or after a restart of the server. */
export interface IMutationLog {
  recall(key: MutationKey): Promise<TaskReply | undefined>;
  remember(key: MutationKey, reply: TaskReply): Promise<void>;
}

/** The board within a transaction: cards and replies are kept together, or neither. */
export interface TaskTransaction extends TaskRows {
  readonly mutations: IMutationLog;
}

/**
 * Where the board is kept.
 * MUST give each write a version above all that were given before, whatever card it was, and count a deletion as one: its version is the one after
 * the card's, and a card that comes back under an old id has a higher one.
 * MUST run one transaction at a time, those of every process that shares the board, and undo all of one that throws; a write outside waits for it.
 * MUST know the last replies of each user, as many and for as long as its options set: what one user does, another's are not forgotten for.
 */
export interface ITaskRepository extends TaskRows {
  transaction<Result>(run: (tx: TaskTransaction) => Promise<Result>): Promise<Result>;
}

/** What an owner may decide; each has a default. */
export interface TaskRepositoryOptions {
  readonly now?: () => number;
  /** How many replies of each user are kept. Default 500: four a second for the two minutes in which a client repeats a change. */
  readonly mutationsKept?: number;
  /** How long. Default a day: people who are gone are not remembered for ever. */
  readonly mutationsKeptMs?: number;
}

/** The defaults. */
export const TASK_REPOSITORY_DEFAULTS: Required<TaskRepositoryOptions> = {
  now: Date.now,
  mutationsKept: 500,
  mutationsKeptMs: 24 * 60 * 60 * 1_000,
};
