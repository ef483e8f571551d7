import type { RefObject } from "react";
import styles from "./board-card.module.css";
import type { Drag } from "./use-drag.js";

interface DragGhostProps {
  readonly drag: Drag | undefined;
  readonly ghost: RefObject<HTMLDivElement | null>;
}

/** The card in the hand. */
export function DragGhost({ drag, ghost }: DragGhostProps) {
  if (!drag) return null;
  const { left, top, width } = drag.from;
  return (
    <div className={styles["air"]} aria-hidden="true">
      <div ref={ghost} className={styles["ghost"]} style={{ left, top, width }}>
        {drag.task.title}
      </div>
    </div>
  );
}
