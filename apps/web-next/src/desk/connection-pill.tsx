import type { LinkState } from "../live/live-state";
import styles from "./connection-pill.module.css";
import type { Tone } from "./gates";

/** The state of the connection in one or two words for display, read out when it changes. */
export function ConnectionPill({ link }: { readonly link: LinkState }) {
  const { tone, label } = labelOf(link);
  return (
    <p className={styles.pill} data-tone={tone} data-testid="connection" role="status">
      <span className={styles.dot} aria-hidden="true" />
      {label}
    </p>
  );
}

function labelOf(link: LinkState): { readonly tone: Tone; readonly label: string } {
  switch (link.kind) {
    case "connecting":
      return { tone: "wait", label: "Connecting" };
    case "open":
      return { tone: "open", label: "Connected" };
    case "waiting":
      return { tone: "wait", label: "Reconnecting" };
    case "ended":
      return { tone: "shut", label: "Disconnected" };
  }
}
