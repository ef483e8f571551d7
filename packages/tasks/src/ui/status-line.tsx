import { useSyncExternalStore, type ReactNode } from "react";
import type { LatencyMeter } from "./latency-meter.js";
import type { LineState } from "./line-state.js";
import styles from "./status-line.module.css";

/** How the board reaches the server. */
export interface BoardStatus {
  readonly state: LineState;
  readonly transport: string | undefined;
  readonly meter: LatencyMeter;
  /** The client's own heartbeat, until something was published. */
  readonly latencyMs: number | undefined;
  /** Local changes without a reply. */
  readonly waiting: number;
}

export const STATE_WORDS: Readonly<Record<LineState, string>> = {
  live: "Live",
  joining: "Joining …",
  away: "Reconnecting …",
  unplugged: "Cut off",
  refused: "Refused",
};

/** How the board reaches the server, for a page with one board. */
export function StatusLine({ state, transport, meter, latencyMs, waiting }: BoardStatus) {
  const measured = useSyncExternalStore(meter.watch, meter.latencyMs, meter.latencyMs) ?? latencyMs;
  return (
    <dl className={styles["line"]} data-state={state} data-testid="status-line">
      <Entry name="Connection">
        <span className={styles["state"]} role="status">
          <span className={styles["dot"]} aria-hidden="true" />
          {STATE_WORDS[state]}
        </span>
      </Entry>
      <Entry name="Transport">{transport ?? "–"}</Entry>
      <Entry name="Latency">
        {measured === undefined || state !== "live" ? "–" : `${Math.max(1, Math.round(measured))} ms`}
      </Entry>
      <Entry name="Waiting">
        <span data-testid="waiting">{waiting}</span>
      </Entry>
    </dl>
  );
}

function Entry({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
