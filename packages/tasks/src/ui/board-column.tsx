import { Fragment, type ReactNode } from "react";
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
  readonly mayMakeStaffCards: boolean;
  readonly create: (draft: CardDraft) => void;
  readonly children: (task: Task) => ReactNode;
}

/** A column with its cards, and the gap where a card under way would land. */
export function BoardColumn({ column, cards, drag, mayMakeStaffCards, create, children }: BoardColumnProps) {
  const title = COLUMN_TITLES[column];
  const gapAt = drag?.place.column === column ? drag.place.index : undefined;
  const others = cards.filter(({ id }) => id !== drag?.task.id);
  const gap = <li key="gap" className={styles["gap"]} style={{ height: drag?.from.height }} aria-hidden="true" />;
  return (
    <section className={styles["column"]} aria-label={title} data-tone={column}>
      <h2 className={styles["head"]}>
        {title} <span className={styles["count"]}>{cards.length}</span>
      </h2>
      <ul className={styles["list"]} data-column={column} aria-label={`${title}: cards`}>
        {cards.map((task) => (
          <Fragment key={task.id}>
            {gapAt !== undefined && task === others[gapAt] && gap}
            {children(task)}
          </Fragment>
        ))}
        {gapAt !== undefined && gapAt >= others.length && gap}
        {cards.length === 0 && gapAt === undefined && <li className={styles["empty"]}>Nothing here.</li>}
      </ul>
      <NewCard column={column} mayMakeStaffCards={mayMakeStaffCards} create={create} />
    </section>
  );
}
