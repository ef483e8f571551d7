import type { BoardPerson, Plug } from "@repo/tasks/ui";
import { useEffect, useRef, useSyncExternalStore, type RefObject } from "react";
import { pairClient } from "./pair-client";
import type { Crossing } from "./pair-latency";
import styles from "./pair-wire.module.css";
import { usePairLatency } from "./use-pair-latency";

interface PairWireProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly left: BoardPerson;
  readonly right: BoardPerson;
}

/** The link between the two sides: how long a change takes, and which side is cut off. */
export function PairWire({ root, left, right }: PairWireProps) {
  const clients = { left: pairClient(left.userId), right: pairClient(right.userId) };
  const crossing = usePairLatency(root, clients.left, clients.right);
  const isLeftCut = useCut(clients.left.plug);
  const isRightCut = useCut(clients.right.plug);
  const dot = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (crossing && dot.current) run(dot.current, crossing);
  }, [crossing]);
  const cutOff = [isLeftCut && left.name, isRightCut && right.name].filter((name) => name !== false);

  return (
    <div className={styles["wire"]}>
      <span className={styles["half"]} data-end="left" data-cut={isLeftCut} aria-hidden="true" />
      <p className={styles["label"]} data-testid="latency" data-from={crossing?.from}>
        {cutOff.length > 0 ? (
          <span className={styles["cut"]}>{cutOff.join(" and ")} cut off</span>
        ) : crossing ? (
          <>
            <strong>{textOf(crossing.ms)}</strong>
            <span className="quiet">
              {crossing.from === "left" ? `${left.name} → ${right.name}` : `${right.name} → ${left.name}`}
            </span>
          </>
        ) : (
          <span className="quiet">Move a card</span>
        )}
      </p>
      <span className={styles["half"]} data-end="right" data-cut={isRightCut} aria-hidden="true" />
      <span className={styles["track"]} aria-hidden="true">
        <span ref={dot} className={styles["dot"]} />
      </span>
    </div>
  );
}

function useCut(plug: Plug): boolean {
  return useSyncExternalStore(
    plug.watch,
    () => plug.isPulled,
    () => false,
  );
}

function textOf(ms: number): string {
  if (ms < 1) return "under 1 ms";
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** A dot that goes along the link, in the direction of the change; slower than the change, so that an eye can follow. */
function run(dot: HTMLElement, { from }: Crossing): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const ends = ["translate(0, 0)", "translate(calc(100cqw - 100%), calc(100cqh - 100%))"];
  const transforms = from === "left" ? ends : [...ends].reverse();
  dot.animate(
    transforms.map((transform, index) => ({ transform, opacity: index === 0 ? 1 : 0.6 })),
    { duration: 520, easing: "cubic-bezier(0.4, 0, 0.2, 1)" },
  );
}
