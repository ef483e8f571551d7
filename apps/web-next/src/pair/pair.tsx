"use client";

import type { BoardProps, BoardViewer } from "@repo/tasks/ui";
import { useRef, useState } from "react";
import { InspectDrawer } from "./inspect-drawer";
import { PairSide } from "./pair-side";
import { PairWire } from "./pair-wire";
import styles from "./pair.module.css";

interface PairProps extends Required<Pick<BoardProps, "preloaded">> {
  readonly left: BoardViewer;
  readonly right: BoardViewer;
}

/** One board, twice: each side is a client of its own, of another person. Between them, how long a change takes from one to the other. */
export function Pair({ left, right, preloaded }: PairProps) {
  const root = useRef<HTMLDivElement>(null);
  const [inspected, inspect] = useState<BoardViewer>();
  const side = (viewer: BoardViewer) => (
    <PairSide
      viewer={viewer}
      people={[left, right]}
      preloaded={preloaded}
      isInspected={inspected?.userId === viewer.userId}
      inspect={() => inspect(inspected?.userId === viewer.userId ? undefined : viewer)}
    />
  );
  return (
    <>
      <div ref={root} className={styles["pair"]}>
        {side(left)}
        <PairWire root={root} left={left} right={right} />
        {side(right)}
      </div>
      {inspected && <InspectDrawer key={inspected.userId} person={inspected} close={() => inspect(undefined)} />}
    </>
  );
}
