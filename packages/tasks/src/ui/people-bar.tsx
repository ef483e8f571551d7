import type { Task } from "../task.js";
import { Face } from "./face.js";
import type { Looker } from "./looker.js";
import styles from "./people-bar.module.css";

interface PeopleBarProps {
  readonly people: readonly Looker[];
  readonly tasks: readonly Task[];
  readonly viewerId: string;
  /** Otherwise it is what was last known. */
  readonly isLive: boolean;
}

/** Everybody who is on the board, oneself included. */
export function PeopleBar({ people, tasks, viewerId, isLive }: PeopleBarProps) {
  return (
    <ul className={styles["people"]} data-live={isLive} aria-label="People on this board" data-testid="people">
      {people.map(({ userId, name, hue, looksAt }) => {
        const isViewer = userId === viewerId;
        const card = tasks.find(({ id }) => id === looksAt);
        const label = `${name}${isViewer ? " (you)" : ""}${card && !isViewer ? ` looks at “${card.title}”` : ""}`;
        return (
          <li key={userId}>
            <Face name={name} hue={hue} label={label} />
          </li>
        );
      })}
    </ul>
  );
}
