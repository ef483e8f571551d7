import { useEffect, type CSSProperties, type RefObject } from "react";
import type { Task } from "../task.js";
import type { Looker } from "./looker.js";
import { holdersOf } from "./remote-drag.js";
import styles from "./remote-drags.module.css";
import { useDragSending } from "./use-drag-sending.js";
import { useRemoteDrags } from "./use-remote-drags.js";

interface RemoteDragsProps {
  readonly board: RefObject<HTMLElement | null>;
  readonly tasks: readonly Task[];
  /** Everybody else on the board. */
  readonly others: readonly Looker[];
  /** The card that is dragged here. */
  readonly dragged: string | undefined;
  readonly isLive: boolean;
  /** Called with who drags which card whenever that has changed; not at each step of the way. */
  readonly onHold: (holders: ReadonlyMap<string, Looker>) => void;
}

/** The cards that others drag, where they drag them; and the sending of one's own drags. */
export function RemoteDrags({ board, tasks, others, dragged, isLive, onHold }: RemoteDragsProps) {
  const drags = useRemoteDrags();
  useDragSending(board, dragged, isLive);
  const holders = holdersOf(drags, others);
  const written = JSON.stringify([...holders].map(([card, { connectionId, name }]) => [card, connectionId, name]));
  // eslint-disable-next-line react-hooks/exhaustive-deps -- compared by value: each step makes new maps
  useEffect(() => onHold(holders), [written, onHold]);

  return (
    <div className={styles["drags"]} aria-hidden="true" data-testid="remote-drags">
      {[...holders].map(([id, { connectionId, name, hue }]) => {
        const [at, task] = [drags.get(connectionId), tasks.find((one) => one.id === id)];
        if (!at || !task) return null;
        const place = { left: `${at.x * 100}%`, top: `${at.y * 100}%`, "--hue": hue } as CSSProperties;
        return (
          <div key={connectionId} className={styles["drag"]} style={place} data-remote-drag={name}>
            <p className={styles["card"]}>{task.title}</p>
            <span className={styles["name"]}>{name}</span>
          </div>
        );
      })}
    </div>
  );
}
