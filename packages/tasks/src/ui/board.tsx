import type { Preloaded } from "@repo/realtime-react";
import { useId, useRef, useState, type ReactNode } from "react";
import type { Task } from "../task.js";
import { BoardCard } from "./board-card.js";
import { BoardColumn } from "./board-column.js";
import type { BoardOutbox } from "./board-outbox.js";
import { PageTop, SideTop } from "./board-top.js";
import { BoardTray } from "./board-tray.js";
import styles from "./board.module.css";
import { COLUMNS, cardsOf } from "./columns.js";
import { DragGhost } from "./drag-ghost.js";
import { NoticeLine } from "./notice-line.js";
import { usePulled } from "./plug-button.js";
import type { Plug } from "./plug.js";
import { Pointers } from "./pointers.js";
import type { Looker } from "./looker.js";
import { RemoteDrags } from "./remote-drags.js";
import { lineState } from "./line-state.js";
import { useConnection } from "./task-hooks.js";
import { useBoard } from "./use-board.js";
import { useDrag } from "./use-drag.js";
import type { Deletion } from "./use-deletions.js";
import { useFlip } from "./use-flip.js";
import { useCardKeys } from "./use-card-keys.js";
import { useLookers } from "./use-lookers.js";
import { useRecovery } from "./use-recovery.js";
import { useRenewal } from "./use-renewal.js";
import { UndoToast } from "./undo-toast.js";
import { useUndoKey } from "./use-undo-key.js";
import type { BoardPerson, BoardViewer } from "./viewer.js";

/** What a page gives the board. */
export interface BoardProps {
  readonly viewer: BoardViewer;
  /** What people are called; a presence has their ids, not their names. */
  readonly people: readonly BoardPerson[];
  /** The cards as a Server Component has read them. */
  readonly preloaded?: Preloaded<readonly Task[]>;
  /** The page's only board, or one side of a page that has several: then it is named after its viewer. Default: `"page"`. */
  readonly frame?: "page" | "side";
  /** What else the top of a side has. */
  readonly actions?: ReactNode;
  /** Where the page has one, there is a button that pulls it; on a side, a switch. */
  readonly plug?: Plug;
  /** The outbox of the client, where changes outlive the page; without one the board asks before it is left with unsent changes. */
  readonly outbox?: BoardOutbox | undefined;
  /** Something was missed for good: render the page anew. */
  readonly onStale?: () => void;
}

/** One board that several people move cards on at the same time. Its colours are the page's tokens. */
export function Board({ viewer, people: known, frame = "page", actions, plug, ...data }: BoardProps) {
  const { preloaded, outbox, onStale } = data;
  const area = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const board = useBoard(viewer, preloaded, outbox);
  const { tasks, status, error, position, isStale, waiting, notices } = board;
  const { state, transport, latencyMs } = useConnection();
  const { people, others, look } = useLookers(viewer, known);
  const isPulled = usePulled(plug);
  const refusal = error ?? (state.status === "stopped" ? state.error : undefined);
  const line = lineState(state, status);
  const isLive = state.status === "connected" && status === "subscribed";
  const recovery = useRecovery(isLive, position, waiting);
  const [announcement, announce] = useState("");
  const keys = useCardKeys(board, area, announce);
  const { drag, ghost, begin } = useDrag(board.move);
  const [holders, setHolders] = useState<ReadonlyMap<string, Looker>>(new Map());
  const dragging = [...holders.values()].map(({ connectionId }) => connectionId);
  const pointing = others.filter(({ connectionId }) => !dragging.includes(connectionId)); // a hand that drags is shown with its card
  useFlip(area);
  useRenewal(isStale && isLive, onStale);

  const top = {
    viewer,
    plug,
    status: {
      state: isPulled ? "unplugged" : line,
      transport,
      meter: board.meter,
      latencyMs,
      waiting,
    },
  } as const;
  const owner = frame === "side" ? viewer.name : undefined;
  const undo = (deletion: Deletion) => {
    board.undo(deletion);
    announce(`“${deletion.task.title}” is restored.`);
    focusCard(area.current, deletion.task.id);
  };
  useUndoKey(area, () => {
    const last = board.deletions.at(-1);
    if (last) undo(last);
    return last !== undefined;
  });
  const deeds = { ...keys, begin, look, rename: board.rename, dismiss: board.dismiss };
  const card = (task: Task) => (
    <BoardCard
      key={task.id}
      task={task}
      deeds={deeds}
      isPending={board.isPending(task.id)}
      isDragged={drag?.task.id === task.id}
      notice={notices.find(({ taskId }) => taskId === task.id)}
      holder={holders.get(task.id)}
      lookers={isLive ? others.filter(({ looksAt }) => looksAt === task.id) : []}
      isTabStop={keys.isTabStop(task)}
      isPickedUp={keys.isPickedUp(task.id)}
    />
  );
  const homeless = notices.filter(({ taskId }) => !tasks.some(({ id }) => id === taskId));

  return (
    <div className={styles["board"]} data-frame={frame}>
      {frame === "side" ? <SideTop {...top} actions={actions} /> : <PageTop {...top} people={people} tasks={tasks} />}
      <BoardTray
        helpId={helpId}
        isPulled={isPulled || (line === "away" && waiting > 0)}
        waiting={waiting}
        recovery={recovery}
        refusal={refusal}
      />
      <div className={styles["area"]} ref={area} data-board>
        <div className={styles["columns"]} data-columns data-dragging={drag && true}>
          {COLUMNS.map((column) => (
            <BoardColumn
              key={column}
              column={column}
              cards={cardsOf(tasks, column)}
              drag={drag}
              owner={owner}
              helpId={helpId}
              mayMakeStaffCards={viewer.roles.includes("staff")}
              create={board.create}
            >
              {card}
            </BoardColumn>
          ))}
        </div>
        <Pointers board={area} others={pointing} isLive={isLive && !drag} measure={board.meter.measure} />
        <RemoteDrags
          board={area}
          tasks={tasks}
          others={others}
          dragged={drag?.task.id}
          isLive={isLive}
          onHold={setHolders}
        />
      </div>
      <ul className={styles["toasts"]}>
        {board.deletions.map((deletion) => (
          <UndoToast key={`deletion ${deletion.key}`} deletion={deletion} undo={undo} drop={board.drop} />
        ))}
        {homeless.map((notice) => (
          <li key={notice.key}>
            <NoticeLine notice={notice} dismiss={board.dismiss} />
          </li>
        ))}
      </ul>
      <DragGhost drag={drag} ghost={ghost} />
      <p className={styles["unseen"]} aria-live="polite" data-testid="announcement">
        {announcement}
      </p>
      <p className={styles["unseen"]} aria-live="assertive">
        {notices.at(-1)?.text}
      </p>
    </div>
  );
}

/** Moves the focus to a card once it is painted: what had it is gone. */
function focusCard(board: HTMLElement | null, id: string): void {
  requestAnimationFrame(() => board?.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus());
}
