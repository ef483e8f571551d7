import { seedBoard } from "../use-cases/seed-board.js";
import type { BindContext } from "./bind-context.js";
import { bindProductionTasks } from "./bind-production.js";
import { toldTasks } from "./told-tasks.js";

/** As in production, with sample cards where the board is empty, so that there is something to drag. */
export function bindDevSeedTasks(context: BindContext): () => void {
  const unbind = bindProductionTasks(context);
  const seed = seedBoard({ tasks: toldTasks(context), newId: () => crypto.randomUUID() });
  seed("fourgate").catch((err: unknown) => context.logger.error({ err }, "the board was not seeded"));
  return unbind;
}
