import type { IRealtimeObserver } from "../../seams/observer.seam.js";
import { runReported } from "../../thenable.js";
import type { ChannelInterest } from "./channel-table.js";

/** Calls back where a channel may have a new message: for server code that then reads its own state anew. */
export class ChannelWatch {
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #interest: ChannelInterest;
  readonly #observer: IRealtimeObserver;

  constructor(interest: ChannelInterest, observer: IRealtimeObserver) {
    this.#interest = interest;
    this.#observer = observer;
  }

  /** Returns the undo. */
  watch(channel: string, listener: () => void): () => void {
    const own = () => listener(); // one listener may watch a channel twice
    const listeners = this.#listeners.get(channel);
    if (listeners) listeners.add(own);
    else {
      this.#listeners.set(channel, new Set([own]));
      runReported(() => this.#interest.want(channel), this.#failed("broker", channel));
    }
    return () => this.#unwatch(channel, own);
  }

  /** An envelope of the channel has arrived. */
  notice(channel: string): void {
    const listeners = this.#listeners.get(channel);
    if (!listeners) return; // of most messages
    for (const listener of [...listeners]) runReported(listener, this.#failed("watch", channel));
  }

  /** Envelopes of any of these, or of any at all, may have been lost. */
  noticeAll(channels: Iterable<string> = [...this.#listeners.keys()]): void {
    for (const channel of channels) this.notice(channel);
  }

  #unwatch(channel: string, listener: () => void): void {
    const listeners = this.#listeners.get(channel);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.#listeners.delete(channel);
    runReported(() => this.#interest.unwant(channel), this.#failed("broker", channel));
  }

  #failed(where: string, channel: string): (cause: unknown) => void {
    return (cause) => this.#observer.observe({ kind: "failed", where, cause, channel });
  }
}
