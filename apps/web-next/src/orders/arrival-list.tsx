import { Card } from "../desk/card";
import type { Order } from "./order";
import styles from "./arrival-list.module.css";

/** A message that arrived while the page was open. */
export interface Arrival {
  readonly event: string;
  readonly order: Order;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the last commits brought, newest first. */
export function ArrivalList({ arrivals }: { readonly arrivals: readonly Arrival[] }) {
  return (
    <Card
      title="What arrived"
      lead="One message per row and commit, in the order of the commits. A rollback sends none."
    >
      {arrivals.length === 0 && <p className="quiet">Nothing yet. Sam may run an UPDATE.</p>}
      <ol className={styles.list} data-testid="arrivals" aria-live="polite">
        {arrivals.map(({ event, order, at }) => (
          <li key={`${order.id} ${order.changed_at} ${at}`}>
            <code>{event}</code>
            <span>
              {order.item} is <strong>{order.status}</strong>
            </span>
            <time className="quiet" dateTime={new Date(at).toISOString()}>
              {Math.max(0, at - Date.parse(order.changed_at))} ms after the UPDATE
            </time>
          </li>
        ))}
      </ol>
    </Card>
  );
}
