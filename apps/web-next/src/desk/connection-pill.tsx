import type { LinkState } from "../live/live-state";
import styles from "./connection-pill.module.css";
import type { Tone } from "./gates";

/** The state of the connection in one or two words, read out when it changes. */
export function ConnectionPill({ link }: { readonly link: LinkState }) {
  const { tone, words } = sayingOf(link);
  return (
    <p className={styles.pill} data-tone={tone} data-testid="connection" role="status">
      <span className={styles.dot} aria-hidden="true" />
      {words}
    </p>
  );
}

function sayingOf(link: LinkState): { readonly tone: Tone; readonly words: string } {
  switch (link.kind) {
    case "connecting":
      return { tone: "wait", words: "Connecting" };
    case "open":
      return { tone: "open", words: "Connected" };
    case "waiting":
      return { tone: "wait", words: "Reconnecting" };
    case "ended":
      return { tone: "shut", words: "Disconnected" };
  }
}
