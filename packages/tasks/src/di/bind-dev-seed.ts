import { seedBoard } from "../use-cases/seed-board.js";
import { bindBoard } from "./bind-board.js";
import type { BindContext } from "./bind-context.js";
import { publishedTasks } from "./published-tasks.js";

/** As in production, with sample cards where the board is empty, so that there is something to drag. */
export function bindDevSeedTasks({ registry, realtime, bus, tracer, logger, tasks }: BindContext): () => void {
  const undo = [
    bindBoard({ registry, realtime, bus, tracer, logger, tasks }),
    // <gen:realtime-handlers>
  ];
  const seed = seedBoard({ tasks: publishedTasks({ bus, logger, tasks }), newId: () => crypto.randomUUID() });
  seed("fourgate").catch((err: unknown) => logger.error({ err }, "the board was not seeded"));
  return () => undo.forEach((undoOne) => undoOne());
}
