import type { ReactNode } from "react";
import type { Task, TaskColumn } from "../task.js";
import styles from "./board-column.module.css";
import { COLUMN_TITLES } from "./columns.js";
import { NewCard } from "./new-card.js";
import type { CardDraft } from "./use-board.js";
import type { Drag } from "./use-drag.js";

interface BoardColumnProps {
  readonly column: TaskColumn;
  readonly cards: readonly Task[];
  readonly drag: Drag | undefined;
  /** Whose board it is, where the page has several. */
  readonly owner: string | undefined;
  /** The id of the text that describes the keys. */
  readonly helpId: string;
  readonly mayMakeStaffCards: boolean;
  readonly create: (draft: CardDraft) => void;
  readonly children: (task: Task) => ReactNode;
}

/** A column with its cards, and the gap where a card under way would land. */
export function BoardColumn({
  column,
  cards,
  drag,
  owner,
  helpId,
  mayMakeStaffCards,
  create,
  children,
}: BoardColumnProps) {
  const title = COLUMN_TITLES[column];
  const gapAt = drag?.place.column === column ? drag.place.index : undefined;
  const others = cards.filter(({ id }) => id !== drag?.task.id);
  const gap = (
    <div
      key="gap"
      className={styles["gap"]}
      style={{ height: drag?.from.height }}
      role="presentation"
      aria-hidden="true"
    />
  );
  const name = owner === undefined ? title : `${title}, ${owner}`;
  const Heading = owner === undefined ? "h2" : "h3"; // below the heading of its side
  return (
    <section className={styles["column"]} aria-label={name} data-tone={column}>
      <Heading className={styles["head"]}>
        {title} <span className={styles["count"]}>{cards.length}</span>
      </Heading>
      <div
        className={styles["list"]}
        role="grid"
        data-column={column}
        aria-label={`${name}: cards`}
        aria-describedby={helpId}
      >
        {cards.map((task) => (
          <div key={task.id} role="row" className={styles["row"]}>
            {gapAt !== undefined && task === others[gapAt] && gap}
            {children(task)}
          </div>
        ))}
        {gapAt !== undefined && gapAt >= others.length && gap}
        {cards.length === 0 && gapAt === undefined && (
          <div role="row" className={styles["row"]}>
            <div role="gridcell" className={styles["empty"]}>
              Nothing here.
            </div>
          </div>
        )}
      </div>
      <NewCard column={column} mayMakeStaffCards={mayMakeStaffCards} create={create} />
    </section>
  );
}
