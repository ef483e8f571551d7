import { readEntity, type Preloaded } from "@repo/realtime-react";
import { useState } from "react";
import { rankBetween } from "../rank-between.js";
import type { Task, TaskColumn } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import { byRank, cardsOf } from "./columns.js";
import { newTaskId } from "./new-task-id.js";
import { rankAt, type Place } from "./placement.js";
import { useOptimisticCollection } from "./task-hooks.js";
import { useLatency } from "./use-latency.js";
import { useNotices } from "./use-notices.js";
import type { BoardViewer } from "./viewer.js";

/** What one does to a new card. */
export interface CardDraft {
  readonly title: string;
  readonly column: TaskColumn;
  readonly isStaff: boolean;
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
  const [waiting, setWaiting] = useState(0);
  const { latencyMs, measure } = useLatency();
  const { notices, refuse, dismiss } = useNotices();

  // what waits for a connection says nothing of the way to the server
  const answered = async (said: Promise<TaskReply>) =>
    taskOf(await (channel.status === "subscribed" ? measure(said) : said));
  const attempt = async (id: string, change: Promise<unknown>) => {
    setWaiting((count) => count + 1);
    await change.catch((error: unknown) => refuse(id, error));
    setWaiting((count) => count - 1);
  };

  return {
    ...{ tasks: rows, ...channel, waiting, latencyMs, measure, notices, dismiss },
    isPending: (id: string) => collection.pendingOf(id).length > 0,
    create({ title, column, isStaff }: CardDraft) {
      const id = newTaskId();
      const rank = rankBetween(cardsOf(rows, column).at(-1)?.rank ?? null, null);
      const card = { id, title, column, rank, isStaff };
      const task = { ...card, createdBy: viewer.userId, version: 0, updatedAt: Date.now() };
      void attempt(
        id,
        collection.create(task, ({ mutationId }) => answered(publish("create", { ...card, mutationId }))),
      );
    },
    rename({ id }: Task, title: string) {
      const renamed = (task: Task) => ({ ...task, title });
      void attempt(
        id,
        collection.update(id, renamed, (mutation) => answered(publish("rename", { ...mutation, title }))),
      );
    },
    move({ id }: Task, place: Place) {
      const rank = rankAt(rows, id, place);
      if (rank === undefined) return;
      const { column } = place;
      const moved = (task: Task) => ({ ...task, column, rank });
      // without its version: who moves a card that was renamed meanwhile takes nothing back
      const commit = ({ mutationId }: { readonly mutationId: string }) =>
        answered(publish("move", { id, mutationId, column, rank }));
      void attempt(id, collection.update(id, moved, commit));
    },
    remove({ id }: Task) {
      // without its version: who deletes a card means it, whatever it is called by now and wherever it stands
      void attempt(
        id,
        collection.delete(id, ({ mutationId }) => answered(publish("remove", { id, mutationId }))),
      );
    },
  };
}

/** Everything that a board of cards knows and can do. */
export type UsedBoard = ReturnType<typeof useBoard>;

/** A reply is the card as it is now; of a removed one there is less to say. */
function taskOf(reply: TaskReply): Task | undefined {
  return "title" in reply ? reply : undefined;
}
