import type { ReactNode } from "react";
import type { LineState } from "./line-state.js";
import styles from "./status-line.module.css";

interface StatusLineProps {
  readonly state: LineState;
  readonly transport: string | undefined;
  readonly latencyMs: number | undefined;
  readonly position: { readonly epoch: string; readonly offset: number } | undefined;
  /** Local changes without a reply. */
  readonly waiting: number;
}

const WORDS: Readonly<Record<LineState, string>> = {
  live: "Live",
  joining: "Joining …",
  away: "Reconnecting …",
  unplugged: "Unplugged",
  refused: "Refused",
};

/** How the board reaches the server. */
export function StatusLine({ state, transport, latencyMs, position, waiting }: StatusLineProps) {
  return (
    <dl className={styles["line"]} data-state={state} data-testid="status-line">
      <Entry name="Connection">
        <span className={styles["state"]} role="status">
          <span className={styles["dot"]} aria-hidden="true" />
          {WORDS[state]}
        </span>
      </Entry>
      <Entry name="Transport">{transport ?? "–"}</Entry>
      <Entry name="Latency">{latencyMs === undefined ? "–" : `${Math.max(1, Math.round(latencyMs))} ms`}</Entry>
      <Entry name="Position">
        {position ? (
          <span title={`${position.epoch}:${position.offset}`}>
            {position.epoch.slice(0, 8)}:{position.offset}
          </span>
        ) : (
          "–"
        )}
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
