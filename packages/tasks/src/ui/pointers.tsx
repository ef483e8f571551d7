import { useRealtime } from "@repo/realtime-react";
import { useEffect, useRef, useState, type CSSProperties, type RefObject } from "react";
import type { Looker } from "./looker.js";
import { PointerLayer, type PointedAt } from "./pointer-layer.js";
import styles from "./pointers.module.css";
import { usePointing } from "./use-pointing.js";

interface PointersProps {
  readonly board: RefObject<HTMLElement | null>;
  /** Everybody else on the board. */
  readonly others: readonly Looker[];
  readonly isLive: boolean;
  readonly measure: <Reply>(reply: Promise<Reply>) => Promise<Reply>;
}

/** Where the others point, and one's own pointing. A pointer that moves renders nothing: `PointerLayer` moves its element. */
export function Pointers({ board, others, isLive, measure }: PointersProps) {
  const [layer] = useState(() => new PointerLayer());
  const root = useRef<HTMLDivElement>(null);
  const { publish } = useRealtime<{ message: PointedAt }>("tasks.cursors", { message: layer.point }); // `useChannel` renders for each message
  usePointing(board, isLive ? (place) => measure(publish("message", place)) : undefined);
  useEffect(() => layer.attach(root.current), [layer]);
  useEffect(() => layer.repaint(), [layer, others]); // the place of a connection may arrive before its presence
  useEffect(() => (isLive ? undefined : layer.clear()), [layer, isLive]); // where they point now is not known while offline

  return (
    <div ref={root} className={styles["pointers"]} aria-hidden="true" data-testid="pointers">
      {others.map(({ connectionId, name, hue }) => (
        <div
          key={connectionId}
          className={styles["pointer"]}
          style={{ "--hue": hue } as CSSProperties}
          data-pointer={name}
          data-connection={connectionId}
        >
          <svg viewBox="0 0 16 20" width="16" height="20">
            <path d="M2 1.5v14.2l3.7-3.5 2.5 5.8 2.6-1.1-2.5-5.7h5.2Z" />
          </svg>
          <span>{name}</span>
        </div>
      ))}
    </div>
  );
}
