import type { Task } from "../task.js";
import { Face } from "./face.js";
import type { Looker } from "./looker.js";
import styles from "./people-bar.module.css";

const MAX_FACES = 8; // as many as are beside the heading, and on a line of a phone

interface PeopleBarProps {
  readonly people: readonly Looker[];
  readonly tasks: readonly Task[];
  readonly viewerId: string;
  /** Otherwise it is what was last known. */
  readonly isLive: boolean;
}

/** Everybody who is on the board, oneself included; of more than there is room for, the first ones and the number of the others. */
export function PeopleBar({ people, tasks, viewerId, isLive }: PeopleBarProps) {
  const shown = people.length > MAX_FACES ? people.slice(0, MAX_FACES - 1) : people;
  const more = people.length - shown.length;
  return (
    <ul className={styles["people"]} data-live={isLive} aria-label="People on this board" data-testid="people">
      {shown.map(({ userId, name, hue, looksAt }) => {
        const isViewer = userId === viewerId;
        const card = tasks.find(({ id }) => id === looksAt);
        const label = `${name}${isViewer ? " (you)" : ""}${card && !isViewer ? ` looks at “${card.title}”` : ""}`;
        return (
          <li key={userId}>
            <Face name={name} hue={hue} label={label} />
          </li>
        );
      })}
      {more > 0 && (
        <li>
          <span className={styles["more"]} role="img" aria-label={`${more} more`} title={`${more} more`}>
            +{more}
          </span>
        </li>
      )}
    </ul>
  );
}
