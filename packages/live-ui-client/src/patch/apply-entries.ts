import type { WireEntry, WireNotice } from "../wire.js";
import { applyOperation, type OperationContext } from "./apply-operation.js";
import { force } from "./force.js";

/** What a page gives its patches. */
export interface PatchContext extends OperationContext {
  readonly root: HTMLElement;
  /** Takes what is no operation. */
  readonly onNotice: (notice: WireNotice) => void;
}

/** Applies entries in order. Returns why one could not be applied: the page differs from the server's content. */
export function applyEntries(entries: readonly WireEntry[], context: PatchContext): unknown {
  let failure: unknown;
  const forced: string[] = [];
  for (const entry of entries) {
    try {
      if ("length" in entry) applyOperation(entry, context);
      else {
        Object.assign(context.texts, entry.s);
        forced.push(...(entry.d ?? []));
        context.onNotice(entry);
      }
    } catch (cause) {
      failure ??= cause;
    }
  }
  for (const name of forced) force(context.root, name);
  return failure;
}
