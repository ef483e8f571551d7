import type { Clock } from "../../seams/clock.js";
import type { ClientFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeLimits } from "../limits/limits.js";
import { idOf, parseClientFrame, parseJson } from "./parse-client-frame.js";
import { TokenBucket, twice } from "../limits/token-bucket.js";

/** What came in: a frame, or why it is none, with the frame's id where one could be read. */
export type Intake =
  | { readonly kind: "frame"; readonly frame: ClientFrame }
  | { readonly kind: "invalid"; readonly error: unknown; readonly id: string | undefined }
  | { readonly kind: "over limit"; readonly error: RealtimeError; readonly id: string | undefined };

/** What waits already, and whether gate 1 is still deciding. */
export interface IntakeState {
  readonly waiting: number;
  readonly isOpen: boolean;
}

/** The first check of what a peer sends: how much, how fast, what shape, behind how many others. Never throws. */
export class FrameIntake {
  readonly #clock: Clock;
  readonly #limits: RealtimeLimits;
  readonly #bucket: TokenBucket;

  constructor(clock: Clock, limits: RealtimeLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#bucket = new TokenBucket(twice(limits.framesPerSecond), clock.monotonic());
  }

  read(raw: unknown, state: IntakeState): Intake {
    if (typeof raw === "string" && isLonger(raw, this.#limits.maxFrameBytes))
      return { kind: "over limit", error: new RealtimeError("FRAME_TOO_LARGE"), id: undefined };
    let shown = raw;
    try {
      if (typeof raw === "string") shown = parseJson(raw);
      const frame = parseClientFrame(shown, this.#limits.maxDepth);
      const error = this.#tooMany(state, frame.type === "ping");
      return error ? { kind: "over limit", error, id: idOf(shown) } : { kind: "frame", frame };
    } catch (cause) {
      const error = this.#tooMany(state, false);
      const id = idOf(shown);
      return error ? { kind: "over limit", error, id } : { kind: "invalid", error: cause, id };
    }
  }

  #tooMany({ waiting, isOpen }: IntakeState, isPing: boolean): RealtimeError | undefined {
    const retryAfterMs = this.#bucket.take(this.#clock.monotonic());
    if (retryAfterMs > 0) return new RealtimeError("RATE_LIMITED", { retryAfterMs });
    if (isPing) return undefined; // its reply is sent at once, it waits for nothing
    if (!isOpen && waiting >= this.#limits.maxEarlyFrames) return new RealtimeError("TOO_MANY_EARLY_FRAMES");
    return waiting >= this.#limits.maxWaitingFrames ? new RealtimeError("OVERLOADED") : undefined;
  }
}

const MAX_BYTES_PER_UNIT = 3; // UTF-8 needs at most three bytes for one unit of a string's length

function isLonger(text: string, bytes: number): boolean {
  return text.length > bytes || (text.length * MAX_BYTES_PER_UNIT > bytes && Buffer.byteLength(text) > bytes);
}
