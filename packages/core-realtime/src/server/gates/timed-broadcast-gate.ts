import type { ChannelAddress } from "../../channel/channel-address.js";
import type { Clock } from "../../seams/clock.js";
import { isThenable } from "../../thenable.js";
import type { RealtimeLimits } from "../limits/limits.js";
import { broadcastGate, type Publication } from "./broadcast.gate.js";
import { inTime } from "./deadline.js";
import { DeadlineQueue } from "./deadline-queue.js";

/** The dependencies of a `TimedBroadcastGate`. */
export interface TimedBroadcastGateDeps {
  /** The clock of its deadlines. */
  readonly clock: Clock;
  /** How long a schema may take. */
  readonly limits: Pick<RealtimeLimits, "handlerMs" | "maxBroadcastBytes">;
}

/** Gate 4 with the deadline of a handler: a schema that never resolves rejects its broadcast with HANDLER_TIMEOUT. */
export class TimedBroadcastGate {
  readonly #deps: TimedBroadcastGateDeps;
  readonly #deadlines: DeadlineQueue;

  constructor(deps: TimedBroadcastGateDeps) {
    this.#deps = deps;
    this.#deadlines = new DeadlineQueue(deps.clock);
  }

  /** The payload's JSON text; at once, without a timer, where the schema is synchronous. */
  pass(address: ChannelAddress, publication: Publication): Promise<string | undefined> | string | undefined {
    const { limits } = this.#deps;
    const json = broadcastGate(address, publication, limits.maxBroadcastBytes);
    return isThenable(json) ? inTime({ deadlines: this.#deadlines, limits }, async () => json) : json;
  }
}
