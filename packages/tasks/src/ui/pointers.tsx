import { useEffect, useState, type CSSProperties, type RefObject } from "react";
import type { Looker } from "./looker.js";
import styles from "./pointers.module.css";
import { useChannel, useEvent } from "./task-hooks.js";
import { usePointing } from "./use-pointing.js";

interface PointersProps {
  readonly board: RefObject<HTMLElement | null>;
  /** Everybody else on the board. */
  readonly others: readonly Looker[];
  readonly isLive: boolean;
  readonly measure: <Reply>(reply: Promise<Reply>) => Promise<Reply>;
}

interface Pointed {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

const STILL_MS = 4_000; // a hand that has left the mouse points at nothing
const LOOK_MS = 1_000;

/** Where the others point, and one's own pointing. */
export function Pointers({ board, others, isLive, measure }: PointersProps) {
  const [pointed, setPointed] = useState<ReadonlyMap<string, Pointed>>(new Map());
  const { publish, status } = useChannel("tasks.cursors");
  useEvent(
    "tasks.cursors",
    {},
    {
      message: ({ connectionId, x, y }) =>
        setPointed((before) => new Map(before).set(connectionId, { x, y, at: Date.now() })),
    },
  );
  usePointing(board, isLive && status === "subscribed" ? (place) => measure(publish(place)) : undefined);
  const isAnyoneThere = pointed.size > 0;
  useEffect(() => {
    if (!isAnyoneThere) return;
    const timer = setInterval(() => setPointed(withoutStill), LOOK_MS);
    return () => clearInterval(timer);
  }, [isAnyoneThere]);

  return (
    <div className={styles["pointers"]} aria-hidden="true" data-testid="pointers">
      {others.map(({ connectionId, name, hue }) => {
        const at = pointed.get(connectionId);
        if (!at) return null;
        const place = { left: `${at.x * 100}%`, top: `${at.y * 100}%`, "--hue": hue } as CSSProperties;
        return (
          <div key={connectionId} className={styles["pointer"]} style={place} data-pointer={name}>
            <svg viewBox="0 0 16 20" width="16" height="20">
              <path d="M2 1.5v14.2l3.7-3.5 2.5 5.8 2.6-1.1-2.5-5.7h5.2Z" />
            </svg>
            <span>{name}</span>
          </div>
        );
      })}
    </div>
  );
}

function withoutStill(pointed: ReadonlyMap<string, Pointed>): ReadonlyMap<string, Pointed> {
  const since = Date.now() - STILL_MS;
  const left = [...pointed].filter(([, { at }]) => at > since);
  return left.length === pointed.size ? pointed : new Map(left);
}
