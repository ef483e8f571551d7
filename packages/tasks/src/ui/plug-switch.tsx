import styles from "./plug-switch.module.css";
import { usePulled } from "./plug-button.js";
import type { Plug } from "./plug.js";

interface PlugSwitchProps {
  readonly plug: Plug;
  /** Whose connection it is. */
  readonly name: string;
}

/** A switch that cuts somebody's connection, and restores it. */
export function PlugSwitch({ plug, name }: PlugSwitchProps) {
  const isPulled = usePulled(plug);
  return (
    <button
      className={styles["switch"]}
      role="switch"
      aria-checked={!isPulled}
      aria-label={`Connection of ${name}`}
      title={isPulled ? "Restore the connection" : "Cut the connection"}
      onClick={() => (isPulled ? plug.putBack() : plug.pull())}
      data-testid="plug"
    >
      <span className={styles["thumb"]} aria-hidden="true" />
    </button>
  );
}
