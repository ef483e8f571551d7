import type { ClientFrame } from "@repo/core-realtime";
import type { LiveEvent } from "./live-event";
import { liveReducer } from "./live-reducer";
import { INITIAL_STATE, type LiveState } from "./live-state";
import type { OpenLink, RealtimeLink } from "./realtime-link";

export interface LiveStoreDeps {
  readonly openLink: OpenLink;
  /** Channels to join whenever there is a connection. */
  readonly channels: readonly string[];
  readonly now?: () => number;
}

/** The page's side of the connection: what it asked for, what came, and the picture of both. Knows nothing of React. */
export class LiveStore {
  readonly #openLink: OpenLink;
  readonly #wanted: Set<string>;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #state = INITIAL_STATE;
  #link: RealtimeLink | undefined;

  constructor({ openLink, channels, now = () => performance.now() }: LiveStoreDeps) {
    this.#openLink = openLink;
    this.#wanted = new Set(channels);
    this.#now = now;
  }

  readonly getState = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Connects; the returned function hangs up. */
  readonly start = (): (() => void) => {
    const link = this.#openLink({
      lost: (why) => this.#happened({ kind: "lost", why }),
      heard: (frame) => {
        this.#happened({ kind: "heard", frame });
        if (frame.type === "connected") for (const name of this.#wanted) void this.#joinNow(name);
      },
    });
    this.#link = link;
    return () => link.close();
  };

  readonly join = (channel: string): void => {
    this.#wanted.add(channel);
    void this.#joinNow(channel);
  };

  readonly leave = (channel: string): void => {
    this.#wanted.delete(channel);
    void this.#ask({ type: "unsubscribe", channel });
  };

  readonly send = (channel: string, event: string, payload: unknown): void => {
    void this.#ask({ type: "message", channel, event, payload });
  };

  async #joinNow(channel: string): Promise<void> {
    const known = this.#state.channels[channel];
    const since = known?.kind === "joined" ? known.position : undefined;
    await this.#ask({ type: "subscribe", channel, ...(since ? { since } : { rewind: 50 }) });
  }

  async #ask(frame: ClientFrame): Promise<void> {
    const asked = this.#now();
    this.#happened({ kind: "asked", frame });
    const reply = await this.#link?.request(frame);
    if (reply) this.#happened({ kind: "answered", frame, reply, ms: this.#now() - asked });
  }

  #happened(event: LiveEvent): void {
    this.#state = liveReducer(this.#state, event);
    for (const listener of this.#listeners) listener();
  }
}
