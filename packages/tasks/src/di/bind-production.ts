import { bindBoard } from "./bind-board.js";
import type { BindContext } from "./bind-context.js";

/**
 * Wires the board; returns the undo.
 * `boardPresence` is the app's to wire: `createPresence({ channels: [boardPresence], … })`.
 */
export function bindProductionTasks({ registry, realtime, bus, tracer, logger, tasks }: BindContext): () => void {
  const undo = [
    bindBoard({ registry, realtime, bus, tracer, logger, tasks }),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
