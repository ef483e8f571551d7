import type { LiveFailure } from "../wire.js";

/** What an action without a reply fails with. */
export function timeout(ms: number): LiveFailure {
  return { code: "TIMEOUT", message: `No reply in ${ms} ms.` };
}

/** Undefined where there is nothing to wait for. */
export function pause(ms: number): Promise<void> | undefined {
  return ms ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
}
