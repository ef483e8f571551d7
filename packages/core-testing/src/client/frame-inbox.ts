import type { ServerFrame } from "@repo/core-realtime";
import { Waiters } from "../waiters";

/** The `type` of a frame that a server sends. */
export type FrameType = ServerFrame["type"];
/** The frame of that type. */
export type FrameOf<Type extends FrameType> = Extract<ServerFrame, { readonly type: Type }>;

/** The frames that one client got: all of them to look at, and each to be taken once. */
export class FrameInbox {
  readonly #all: ServerFrame[] = [];
  readonly #untaken: ServerFrame[] = [];
  readonly #waiters = new Waiters<ServerFrame>();
  #over: string | undefined;

  /** Every frame so far, oldest first. */
  get all(): readonly ServerFrame[] {
    return this.#all;
  }

  put(frame: ServerFrame): void {
    this.#all.push(frame);
    if (!this.#waiters.offer(frame)) this.#untaken.push(frame);
  }

  /** Takes the first frame that matches, of those not taken yet and those to come. */
  async take<Frame extends ServerFrame>(matches: (frame: ServerFrame) => frame is Frame, what: string): Promise<Frame> {
    const index = this.#untaken.findIndex(matches);
    const [frame] = index === -1 ? [] : this.#untaken.splice(index, 1);
    if (frame && matches(frame)) return frame;
    const missing = () => `${what} was to come; came: ${this.summary()}`;
    if (this.#over !== undefined) throw new Error(`${this.#over}, but ${missing()}`);
    return this.#waiters.next(matches, missing);
  }

  /** No frame will come any more. */
  end(why: string): void {
    this.#over = why;
    this.#waiters.fail(`${why}; came: ${this.summary()}`);
  }

  /** What came, in short, for the sentence of a failure. */
  summary(): string {
    const last = this.#all.slice(-8).map((frame) => JSON.stringify(frame).slice(0, 200));
    return `${this.#all.length} frames, the last of them ${last.join(" ") || "none"}`;
  }
}
