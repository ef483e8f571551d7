import { useSyncExternalStore } from "react";
import type { Plug } from "./plug.js";
import styles from "./plug-button.module.css";

const noPlug = () => () => undefined;

/** Whether the plug is pulled. */
export function usePulled(plug: Plug | undefined): boolean {
  return useSyncExternalStore(
    plug?.watch ?? noPlug,
    () => plug?.isPulled ?? false,
    () => false,
  );
}

/** Cuts the connection, and mends it. */
export function PlugButton({ plug }: { readonly plug: Plug }) {
  const isPulled = usePulled(plug);
  return (
    <button
      className={styles["plug"]}
      data-pulled={isPulled}
      onClick={() => (isPulled ? plug.putBack() : plug.pull())}
      data-testid="plug"
    >
      <svg viewBox="0 0 28 16" width="28" height="16" aria-hidden="true">
        <path className={styles["left"]} d="M1 8h6m0-4v8h2.5a4 4 0 0 0 0-8Z" />
        <path className={styles["right"]} d="M27 8h-5m0-5v10h-3.5a5 5 0 0 1 0-10Z" />
      </svg>
      {isPulled ? "Plug back in" : "Pull the plug"}
    </button>
  );
}
