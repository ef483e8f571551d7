import type { RealtimeRefusal } from "@repo/realtime-client";
import styles from "./thread-status.module.css";

interface ThreadStatusProps {
  readonly isLive: boolean;
  readonly isStale: boolean;
  /** Changes that wait for a connection. */
  readonly waiting: number;
  readonly error: RealtimeRefusal | undefined;
}

/** Whether the rows are current, as a short text. */
export function ThreadStatus({ isLive, isStale, waiting, error }: ThreadStatusProps) {
  const state = isLive ? "live" : isStale ? "stale" : "still";
  return (
    <p className={styles.status} data-state={state} data-testid="thread-status" role="status">
      <span className={styles.dot} aria-hidden="true" />
      <span>
        {state === "live" && "Live"}
        {state === "stale" && "Not connected: this is what was received last."}
        {state === "still" && "As the server rendered it."}
        {waiting > 0 &&
          ` ${waiting === 1 ? "One change" : `${waiting} changes`} will be sent when the connection is back.`}
        {error && ` ${error.message}`}
      </span>
    </p>
  );
}
