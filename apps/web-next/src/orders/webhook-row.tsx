import { clockTime } from "../desk/clock-time";
import type { WebhookDelivery } from "../server/orders/order-desk";
import styles from "./webhooks-view.module.css";

interface WebhookRowProps {
  readonly delivery: WebhookDelivery;
  readonly isPending: boolean;
  readonly onRedeliver: () => void;
}

const LABELS = { pending: "waiting", delivered: "delivered", dead: "dead letter" } as const;

/** One delivery and its attempts. */
export function WebhookRow({ delivery, isPending, onRedeliver }: WebhookRowProps) {
  const { channel, event, state, createdAt, attempts } = delivery;
  return (
    <li className={styles.row} data-state={state}>
      <div className={styles.head}>
        <span className={styles.state}>{LABELS[state]}</span>
        <code>
          {channel} {event}
        </code>
        <time className="quiet" dateTime={createdAt}>
          {clockTime(Date.parse(createdAt))}
        </time>
        {state === "dead" && (
          <button className="small" onClick={onRedeliver} disabled={isPending}>
            Deliver again
          </button>
        )}
      </div>
      <ol className={styles.attempts}>
        {attempts.map(({ attempt, status, error, durationMs }) => (
          <li key={attempt}>
            <span className="quiet">Attempt {attempt}</span> {error === null ? `accepted with ${status}` : error}{" "}
            <span className="quiet">in {durationMs} ms</span>
          </li>
        ))}
      </ol>
    </li>
  );
}
