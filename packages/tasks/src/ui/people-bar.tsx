import type { PresentPerson } from "@repo/realtime-react";
import type { Task } from "../task.js";
import { Face } from "./face.js";
import styles from "./people-bar.module.css";
import type { Looker } from "./use-lookers.js";

interface PeopleBarProps {
  readonly people: readonly PresentPerson<Looker>[];
  readonly tasks: readonly Task[];
  readonly viewerId: string;
  /** Otherwise it is what was last known. */
  readonly isLive: boolean;
}

/** Everybody who is on the board, oneself included. */
export function PeopleBar({ people, tasks, viewerId, isLive }: PeopleBarProps) {
  return (
    <ul className={styles["people"]} data-live={isLive} aria-label="People on this board" data-testid="people">
      {people.map(({ userId, tabs }) => {
        const meta = tabs.findLast((tab) => tab.meta)?.meta;
        if (!meta) return null;
        const isViewer = userId === viewerId;
        const card = tasks.find(({ id }) => id === meta.looksAt);
        const label = `${meta.name}${isViewer ? " (you)" : ""}${card && !isViewer ? ` looks at “${card.title}”` : ""}`;
        return (
          <li key={userId}>
            <Face name={meta.name} hue={meta.hue} label={label} />
          </li>
        );
      })}
    </ul>
  );
}
