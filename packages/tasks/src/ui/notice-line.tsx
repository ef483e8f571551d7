import styles from "./board-card.module.css";
import type { Notice } from "./use-notices.js";

interface NoticeLineProps {
  readonly className?: string | undefined;
  readonly notice: Notice;
  readonly dismiss: (key: number) => void;
  /** Goes on with what was written, where there is a place for it. */
  readonly edit?: (() => void) | undefined;
}

/** Why a change was taken back, and what somebody had written. */
export function NoticeLine({ className, notice: { key, text, draft }, dismiss, edit }: NoticeLineProps) {
  return (
    <p className={className} data-testid="notice">
      <span className={styles["said"]} data-draft={draft}>
        {text}
      </span>
      {draft !== undefined && edit && (
        <button className={styles["tool"]} aria-label={`Go on with “${draft}”`} onClick={edit}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m3 13 .6-2.8L10.8 3l2.2 2.2-7.2 7.2L3 13Z" />
          </svg>
        </button>
      )}
      <button className={styles["tool"]} aria-label="Dismiss" onClick={() => dismiss(key)}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="m4 4 8 8m0-8-8 8" />
        </svg>
      </button>
    </p>
  );
}
