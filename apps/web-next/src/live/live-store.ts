import type { RealtimeClient } from "@repo/realtime-client";
import { RealtimeRefusal } from "@repo/realtime-client";
import type { LiveEvent } from "./live-event";
import { liveReducer } from "./live-reducer";
import { INITIAL_STATE, type ReplyState, type LiveState } from "./live-state";
import type { WireTap } from "./wire-tap";

export interface LiveStoreDeps {
  readonly client: RealtimeClient;
  readonly tap: Pick<WireTap, "listen">;
  /** Channels to join at the start. */
  readonly channels: readonly string[];
  readonly now?: () => number;
}

/** The page's picture of the connection: what it asked for, what came, and why not. Knows nothing of React. */
export class LiveStore {
  readonly #deps: LiveStoreDeps;
  readonly #listeners = new Set<() => void>();
  readonly #joined = new Map<string, () => void>();
  #state = INITIAL_STATE;

  constructor(deps: LiveStoreDeps) {
    this.#deps = deps;
  }

  readonly getState = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Listens and joins; the returned function leaves. */
  readonly start = (): (() => void) => {
    const { client, tap, channels } = this.#deps;
    const look = () => this.#happened({ kind: "connection", state: client.state });
    const undo = [tap.listen((event) => this.#happened(event)), client.watch(look)];
    look();
    for (const name of channels) this.join(name);
    return () => {
      for (const name of [...this.#joined.keys()]) this.leave(name);
      for (const undoOne of undo) undoOne();
    };
  };

  readonly join = (name: string): void => {
    this.leave(name); // who was refused may ask again
    this.#joined.set(name, this.#deps.client.channel(name, undefined, { rewind: 50 }).subscribe({}));
  };

  readonly leave = (name: string): void => {
    this.#joined.get(name)?.();
    this.#joined.delete(name);
  };

  readonly send = async (channel: string, event: string, payload: unknown): Promise<void> => {
    const { client, now = () => performance.now() } = this.#deps;
    const startedAt = now();
    const reply = await client
      .channel(channel)
      .publish(event, payload)
      .then((): ReplyState => ({ kind: "replied", ms: now() - startedAt }), refusedBy);
    this.#happened({ kind: "measured", reply });
  };

  #happened(event: LiveEvent): void {
    this.#state = liveReducer(this.#state, event);
    for (const listener of [...this.#listeners]) listener();
  }
}

function refusedBy(error: unknown): ReplyState {
  if (error instanceof RealtimeRefusal) return { kind: "refused", error };
  throw error; // ours to mend, not the page's to show
}
