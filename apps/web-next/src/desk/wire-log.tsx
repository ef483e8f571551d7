import type { WireLine } from "../live/live-state";
import styles from "./wire-log.module.css";

/** What went over the wire, frame by frame, for those who want to see it. */
export function WireLog({ lines }: { readonly lines: readonly WireLine[] }) {
  return (
    <details className={styles.log}>
      <summary>On the wire</summary>
      <ol tabIndex={0} aria-label="Frames, newest first">
        {[...lines].reverse().map(({ key, direction, type, text }) => (
          <li key={key} data-direction={direction}>
            <span className="visually-hidden">{direction === "out" ? "sent" : "received"}</span>
            <code>
              <b>{type}</b> {text}
            </code>
          </li>
        ))}
      </ol>
    </details>
  );
}
