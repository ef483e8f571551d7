import { RealtimeError, type ChannelAddress, type Clock, type IRealtimeBroadcaster } from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";

const ISOLATED_PAUSE_MS = 1_000;

/** The dependencies of the publisher. */
export interface PresencePublisherDeps {
  /** By the name of the channel whose members are kept. */
  readonly channels: ReadonlyMap<string, PresenceChannel>;
  readonly realtime: IRealtimeBroadcaster;
  readonly clock: Clock;
  readonly onError: (cause: unknown) => void;
}

type Broadcast = () => Promise<unknown>;

/**
 * Publishes changes on the presence channels, each channel's in order. What this node may not publish while it is cut off from the others
 * waits until it may, since the store has it already; it delays no write to the store.
 */
export class PresencePublisher {
  readonly #deps: PresencePublisherDeps;
  readonly #waiting = new Map<string, Broadcast[]>();
  #cancelRetry: (() => void) | undefined;
  #isClosing = false;

  constructor(deps: PresencePublisherDeps) {
    this.#deps = deps;
  }

  /** Resolves when the change is published, or waits for the end of an isolation. Rejects where the broadcast failed. */
  async publish({ channel, params, name }: ChannelAddress, event: string, payload: unknown): Promise<void> {
    const presence = this.#deps.channels.get(channel.name);
    if (!presence) return;
    const { realtime } = this.#deps;
    const send = realtime.broadcast.bind(realtime) as (...message: readonly unknown[]) => Promise<unknown>; // this package alone makes these payloads
    const broadcast = () => send(presence.at(params), event, payload);
    const waiting = this.#waiting.get(name);
    if (waiting) return void waiting.push(broadcast);
    try {
      await broadcast();
    } catch (error) {
      if (this.#isClosing || !isIsolated(error)) throw error;
      this.#waiting.set(name, [broadcast]);
      this.#retryLater(error);
    }
  }

  /** Tries once more what waits; what fails then is dropped: the others read the list anew when they give this node up. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#cancelRetry?.();
    await this.#retry();
  }

  #retryLater({ retryAfterMs = ISOLATED_PAUSE_MS }: RealtimeError): void {
    this.#cancelRetry ??= this.#deps.clock.after(retryAfterMs, () => {
      this.#cancelRetry = undefined;
      void this.#retry();
    });
  }

  async #retry(): Promise<void> {
    for (const [name, waiting] of this.#waiting) {
      for (let next = waiting[0]; next; next = waiting[0]) {
        const error = await failureOf(next);
        if (isIsolated(error) && !this.#isClosing) return this.#retryLater(error);
        if (error !== undefined) this.#deps.onError(error);
        waiting.shift();
      }
      this.#waiting.delete(name);
    }
  }
}

async function failureOf(broadcast: Broadcast): Promise<unknown> {
  try {
    await broadcast();
    return undefined;
  } catch (error) {
    return error;
  }
}

function isIsolated(error: unknown): error is RealtimeError {
  return error instanceof RealtimeError && error.code === "ISOLATED";
}
