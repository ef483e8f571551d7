import { ageOf } from "../shell/age-of";
import styles from "./signal-list.module.css";
import type { Signal } from "./signal";

interface SignalListProps {
  readonly signals: readonly Signal[];
  /** When the list was rendered. */
  readonly now: Date;
}

/** The newest signals. */
export function SignalList({ signals, now }: SignalListProps) {
  return (
    <ol className={styles.list} data-testid="signals">
      {signals.map(({ id, kind, body, sender, widget, occurredAt }) => (
        <li key={id}>
          <span className={styles.kind} data-kind={kind}>
            {kind}
          </span>
          <span className={styles.body}>
            {body}
            <span className="quiet">
              {sender} on {widget}
            </span>
          </span>
          <time className="quiet" dateTime={occurredAt.toISOString()}>
            {ageOf(now.getTime() - occurredAt.getTime())}
          </time>
        </li>
      ))}
    </ol>
  );
}
