import type { BindContext } from "./bind-context";
import { bindProductionPing } from "./bind-production";

/** The same as in production: a ping needs no sample data. */
export function bindDevSeedPing(context: BindContext): () => void {
  const undo = [
    bindProductionPing(context),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
