import type { RealtimePosition, WireError } from "@repo/core-realtime";
import styles from "./orders-status.module.css";

interface OrdersStatusProps {
  readonly channel: string;
  readonly isLive: boolean;
  readonly error: Pick<WireError, "code" | "message"> | undefined;
  readonly position: RealtimePosition | undefined;
}

/** Whether the channel is open, and why it is not. */
export function OrdersStatus({ channel, isLive, error, position }: OrdersStatusProps) {
  const state = isLive ? "live" : error ? "closed" : "waiting";
  return (
    <p className={styles.status} data-state={state} data-testid="orders-status" role="status">
      <span className={styles.dot} aria-hidden="true" />
      {state === "live" && (
        <span>
          Live on <code>{channel}</code>
          {position && <span className="quiet"> · message {position.offset}</span>}
        </span>
      )}
      {state === "closed" && (
        <span>
          <code>{error?.code}</code> {error?.message}
        </span>
      )}
      {state === "waiting" && (
        <span>
          Subscribing to <code>{channel}</code> …
        </span>
      )}
    </p>
  );
}
