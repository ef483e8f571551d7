import type { ChannelHandle, RealtimeClient } from "@repo/realtime-client";
import {
  joinPresence,
  peopleOf,
  type Presence,
  type PresenceHandle,
  type PresenceMember,
  type PresentPerson,
} from "@repo/realtime-client/presence";
import { PerClient } from "../per-client.js";
import type { OfChannel } from "../use-kept.js";

/** Who is there, as it is painted; the same object until something changes. */
export interface PresenceSnapshot<Meta = unknown> {
  /** One for each tab, oldest first. */
  readonly members: readonly PresenceMember<Meta>[];
  /** One for each person, with their tabs. */
  readonly people: readonly PresentPerson<Meta>[];
  /** False while pieces of a long list are still to come. */
  readonly isComplete: boolean;
  /** Where the subscription stands. */
  readonly status: "subscribing" | "subscribed" | "refused";
  /** Why the list, or what this tab last published, was refused. */
  readonly error?: Error | undefined;
}

/** Before anyone is known; on the server too. */
export const NOBODY: PresenceSnapshot = { members: [], people: [], isComplete: false, status: "subscribing" };

const PAUSE_MS = 200; // the server publishes no more of one tab: a meta that differs at each render would cause the next render

const SHARED = new PerClient<SharedPresence>();

/** One presence for all components that ask for it: the list is handed out with the subscribe, and only then. */
export class SharedPresence implements OfChannel {
  readonly client: RealtimeClient;
  readonly name: string;
  readonly #of: ChannelHandle;
  readonly #handle: ChannelHandle;
  readonly #listeners = new Set<() => void>();
  #presence: Presence<unknown> | undefined;
  #end: () => void = () => undefined;
  #snapshot = NOBODY;
  #next: { readonly meta: unknown } | undefined;
  #isPublishing = false;

  constructor(client: RealtimeClient, of: ChannelHandle, handle: ChannelHandle) {
    this.client = client;
    this.name = handle.name;
    this.#of = of;
    this.#handle = handle;
  }

  /** The one presence of a channel. */
  static of(client: RealtimeClient, template: string, params: Readonly<Record<string, string>> | undefined) {
    const sibling: string = `presence:${template}`;
    const handle = client.channel(sibling, params);
    const make = () => new SharedPresence(client, client.channel(template, params), handle);
    return SHARED.getOrMake({ client, name: handle.name }, make);
  }

  readonly subscribe = (change: () => void): (() => void) => {
    const own = () => change(); // the same may listen twice
    this.#listeners.add(own);
    if (!this.#presence) this.#join();
    return () => {
      this.#listeners.delete(own);
      setTimeout(() => this.#leaveIfAlone()); // a page that renders anew comes back at once
    };
  };

  readonly snapshot = (): PresenceSnapshot => this.#snapshot;

  /** Publishes something about this tab: the latest, never two at a time, and five a second at most. A refusal is shown, not thrown. */
  readonly update = (meta: unknown): void => {
    this.#next = { meta };
    if (!this.#isPublishing) void this.#publish();
  };

  async #publish(): Promise<void> {
    this.#isPublishing = true;
    while (this.#next && this.#presence) {
      const { meta } = this.#next;
      this.#next = undefined;
      const pause = new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const error = await this.#presence.update(meta).then(
        () => undefined,
        (cause: Error) => cause,
      );
      if (error !== this.#snapshot.error) this.#become({ error });
      await pause;
    }
    this.#isPublishing = false;
  }

  #join(): void {
    const presence = joinPresence(this.#of, this.#handle as unknown as PresenceHandle<unknown>); // its type by its name
    this.#presence = presence;
    const unwatch = presence.watch(() => {
      const { members, isComplete } = presence;
      this.#become({ members, people: peopleOf(members), isComplete });
    });
    const stop = this.#handle.subscribe({
      change: ({ status, error }) => status !== "idle" && this.#become(error ? { status, error } : { status }),
    });
    this.#end = () => {
      unwatch();
      stop();
      presence.leave();
    };
  }

  #leaveIfAlone(): void {
    if (this.#listeners.size > 0) return;
    this.#end();
    this.#presence = undefined;
    this.#snapshot = NOBODY;
    SHARED.forget(this);
  }

  #become(news: Partial<PresenceSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...news };
    for (const change of [...this.#listeners]) change();
  }
}
