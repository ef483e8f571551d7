import styles from "./signal-list.module.css";
import type { Signal } from "./signal";

interface SignalListProps {
  readonly signals: readonly Signal[];
  /** When the list was rendered. */
  readonly now: Date;
}

/** What was said last. */
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

function ageOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "just now";
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
