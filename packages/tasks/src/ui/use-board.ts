import { readEntity, type Preloaded } from "@repo/realtime-react";
import { rankBetween } from "../rank-between.js";
import type { Task, TaskColumn } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import { byRank, cardsOf } from "./columns.js";
import { useLatency } from "./latency-meter.js";
import { newTaskId } from "./new-task-id.js";
import { rankAt, type Place } from "./placement.js";
import { useOptimisticCollection } from "./task-hooks.js";
import { useNotices } from "./use-notices.js";
import { useUnsent } from "./use-unsent.js";
import type { BoardViewer } from "./viewer.js";

/** What one does to a new card. */
export interface CardDraft {
  readonly title: string;
  readonly column: TaskColumn;
  readonly isStaff: boolean;
}

/** What somebody has done, for themselves to read. */
interface OwnChange {
  readonly words: string;
  /** What they have written. */
  readonly draft?: string;
}

/** The cards, one's own changes on top, and what can be done to them. */
export function useBoard(viewer: BoardViewer, preloaded: Preloaded<readonly Task[]> | undefined) {
  const { rows, collection, publish, ...channel } = useOptimisticCollection(
    "entity:task",
    {},
    {
      key: (task: Task) => task.id,
      version: (task) => task.version,
      compare: byRank,
      read: (message) => readEntity<Task>(message),
      preloaded,
    },
  );
  const { waiting, track } = useUnsent();
  const meter = useLatency();
  const { notices, refuse, dismiss } = useNotices();

  // a change that waits for a connection does not measure the round trip
  const taskFrom = async (reply: Promise<TaskReply>) =>
    taskOf(await (channel.status === "subscribed" ? meter.measure(reply) : reply));
  const attempt = (id: string, { words, draft }: OwnChange, change: Promise<unknown>) =>
    void track(
      words,
      change.catch((error: unknown) => refuse(id, error, draft)),
    );

  return {
    ...{ tasks: rows, ...channel, waiting, meter, notices, dismiss },
    isPending: (id: string) => collection.pendingOf(id).length > 0,
    create({ title, column, isStaff }: CardDraft) {
      const id = newTaskId();
      const rank = rankBetween(cardsOf(rows, column).at(-1)?.rank ?? null, null);
      const card = { id, title, column, rank, isStaff };
      const task = { ...card, createdBy: viewer.userId, version: 0, updatedAt: Date.now() };
      attempt(
        id,
        { words: `new card “${title}”`, draft: title },
        collection.create(task, ({ mutationId }) => taskFrom(publish("create", { ...card, mutationId }))),
      );
    },
    rename({ id, title: before }: Task, title: string) {
      const renamed = (task: Task) => ({ ...task, title });
      attempt(
        id,
        { words: `“${before}” renamed to “${title}”`, draft: title },
        collection.update(id, renamed, (mutation) => taskFrom(publish("rename", { ...mutation, title }))),
      );
    },
    move({ id, title }: Task, place: Place) {
      const rank = rankAt(rows, id, place);
      if (rank === undefined) return;
      const { column } = place;
      const moved = (task: Task) => ({ ...task, column, rank });
      // without its version: who moves a card that was renamed meanwhile takes nothing back
      const commit = ({ mutationId }: { readonly mutationId: string }) =>
        taskFrom(publish("move", { id, mutationId, column, rank }));
      attempt(id, { words: `“${title}” moved` }, collection.update(id, moved, commit));
    },
    remove({ id, title }: Task) {
      // without its version: who deletes a card means it, whatever it is called by now and wherever it stands
      attempt(
        id,
        { words: `“${title}” deleted` },
        collection.delete(id, ({ mutationId }) => taskFrom(publish("remove", { id, mutationId }))),
      );
    },
  };
}

/** Everything that a board of cards knows and can do. */
export type UsedBoard = ReturnType<typeof useBoard>;

/** A reply is the card as it is now; of a removed one, its id and version. */
function taskOf(reply: TaskReply): Task | undefined {
  return "title" in reply ? reply : undefined;
}
