import type { Clock } from "../../seams/clock.js";
import { TokenBucket } from "../limits/token-bucket.js";
import { systemClock } from "../system-clock.js";
import { stackOf } from "./printable.js";

const LINES = { perSecond: 1, burst: 20 }; // a client can make a request fail as often as it likes

/**
 * The default of an `onError` on the server: writes the stack of a failure and its causes to the console under a name, such as
 * `"live pages"`; 20 at once, then one a second.
 */
export function consoleReport(name: string, clock: Pick<Clock, "monotonic"> = systemClock): (cause: unknown) => void {
  const lines = new TokenBucket(LINES, clock.monotonic());
  let skipped = 0;
  return (cause) => {
    if (lines.take(clock.monotonic()) > 0) return void (skipped += 1);
    const more = skipped > 0 ? ` (${skipped} more were not written)` : "";
    skipped = 0;
    console.error(`${name}: a failure${more}\n${stackOf(cause)}`);
  };
}
