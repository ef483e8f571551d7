import { setTimeout as passed } from "node:timers/promises";

const LOOK_MS = 10;

/** Waits until it is so; false where it took too long. */
export async function eventually(isSo: () => boolean, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > deadline) return false;
    await passed(LOOK_MS);
  }
  return true;
}

/** How long it takes until it is so; `Infinity` where it took too long. */
export async function msUntil(isSo: () => boolean, patienceMs: number): Promise<number> {
  const began = performance.now();
  return (await eventually(isSo, patienceMs)) ? performance.now() - began : Infinity;
}
