import { readEntity, type Preloaded } from "@repo/realtime-react";
import { rankBetween } from "../rank-between.js";
import type { Task, TaskColumn } from "../task.js";
import type { TaskReply } from "../task-reply.js";
import { describeChange, showChange, type BoardChange } from "./board-change.js";
import type { BoardOutbox } from "./board-outbox.js";
import { byRank, cardsOf } from "./columns.js";
import { useLatency } from "./latency-meter.js";
import { newTaskId } from "./new-task-id.js";
import { rankAt, type Place } from "./placement.js";
import { useOptimisticCollection } from "./task-hooks.js";
import { useDeletions } from "./use-deletions.js";
import { useNotices } from "./use-notices.js";
import { useRestored } from "./use-restored.js";
import { useUnsent } from "./use-unsent.js";
import type { BoardViewer } from "./viewer.js";
import { writtenTitle } from "./written-title.js";

/** What one does to a new card. */
export interface CardDraft {
  readonly title: string;
  readonly column: TaskColumn;
  readonly isStaff: boolean;
}

/** The cards, one's own changes on top, and what can be done to them. */
export function useBoard(
  viewer: BoardViewer,
  preloaded: Preloaded<readonly Task[]> | undefined,
  outbox: BoardOutbox | undefined,
) {
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
  const { waiting, track } = useUnsent(viewer.userId, outbox);
  const meter = useLatency();
  const { notices, refuse, dismiss } = useNotices(viewer.userId);

  const show = (change: BoardChange, reply: Promise<TaskReply>) => {
    reply.catch(() => undefined); // a change of the same card may be ahead of it: then nobody looks at it yet
    const { id, words, draft } = describeChange(change, (card) => collection.get(card)?.title ?? card);
    const shown = showChange(collection, change, { reply, createdBy: viewer.userId });
    void track(
      words,
      shown.catch((error: unknown) => refuse(id, error, draft)),
    );
  };
  // sent at once, also behind a change of the same card without a reply: the outbox keeps them in order, through a reload too
  const send = (...change: BoardChange) => {
    const reply = publish(...change);
    show(change, channel.status === "subscribed" ? meter.measure(reply) : reply); // what waits does not measure the round trip
    return reply;
  };
  useRestored(outbox, show);

  const restore = ({ id, title, column, rank, isStaff }: Task) =>
    void send("create", { id, title: writtenTitle(title), column, rank, isStaff, mutationId: newTaskId() });
  const { offer, ...deletions } = useDeletions(restore);

  return {
    ...deletions,
    ...{ tasks: rows, ...channel, waiting, meter, notices, dismiss },
    isPending: (id: string) => collection.pendingOf(id).length > 0,
    create({ title, column, isStaff }: CardDraft) {
      const rank = rankBetween(cardsOf(rows, column).at(-1)?.rank ?? null, null);
      void send("create", { id: newTaskId(), title, column, rank, isStaff, mutationId: newTaskId() });
    },
    rename({ id, title: from }: Task, title: string) {
      void send("rename", { id, title, from, mutationId: newTaskId() });
    },
    move({ id }: Task, place: Place) {
      const rank = rankAt(rows, id, place);
      // without a version: who moves a card that was renamed meanwhile takes nothing back
      if (rank !== undefined) void send("move", { id, column: place.column, rank, mutationId: newTaskId() });
    },
    remove(task: Task) {
      // without a version: who deletes a card means it, whatever it is called by now and wherever it stands
      offer(task, send("remove", { id: task.id, mutationId: newTaskId() }));
    },
  };
}

/** Everything that a board of cards knows and can do. */
export type UsedBoard = ReturnType<typeof useBoard>;
