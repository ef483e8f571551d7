import { useEffect, useState } from "react";
import { withDrag, withoutDrag, withoutForgotten, type RemoteDrags } from "./remote-drag.js";
import { useEvent } from "./task-hooks.js";

const LOOK_MS = 1_000;

/** The cards that others drag at the moment. */
export function useRemoteDrags(): RemoteDrags {
  const [drags, setDrags] = useState<RemoteDrags>(new Map());
  useEvent(
    "tasks.drags",
    {},
    {
      moved: ({ connectionId, card, x, y }) =>
        setDrags((before) => withDrag(before, { connectionId, card, x, y, at: Date.now() })),
      ended: ({ connectionId }) => setDrags((before) => withoutDrag(before, connectionId)),
    },
  );
  const isAnyUnderWay = drags.size > 0;
  useEffect(() => {
    if (!isAnyUnderWay) return;
    const timer = setInterval(() => setDrags((before) => withoutForgotten(before, Date.now())), LOOK_MS);
    return () => clearInterval(timer);
  }, [isAnyUnderWay]);
  return drags;
}
