import type { ChannelHandle } from "./channel/channel-handle.js";
import type { ChannelListener } from "./channel/channel-listener.js";
import { ListenerSet } from "./listeners.js";
import type { PresenceMember } from "./presence/presence-member.js";
import { afterMessage, type PresenceMessage } from "./presence/presence-message.js";
import { reportCause } from "./report-error.js";

export { peopleOf, type PresenceMember, type PresentPerson } from "./presence/presence-member.js";
export type { PresenceMessage } from "./presence/presence-message.js";

/** What is needed of the handle of a presence channel. */
export interface PresenceHandle<Meta> {
  subscribe(listener: ChannelListener<PresenceMessage<Meta>>): () => void;
  publish(event: "presence:heartbeat", payload: { readonly meta: Meta }): Promise<unknown>;
}

/** Who is on a channel, oneself included. */
export interface Presence<Meta> {
  /** Oldest first; a new array whenever something changed. */
  readonly members: readonly PresenceMember<Meta>[];
  /** Is told whenever `members` is another; returns the undo. */
  watch(listener: () => void): () => void;
  /** Says something of oneself, now and again after each reconnect. */
  say(meta: Meta): Promise<void>;
  leave(): void;
}

/**
 * Comes to a channel and watches who is on it.
 * @example
 * const board = client.channel("boards.{boardId}", { boardId });
 * const presence = joinPresence(board, client.channel("presence:boards.{boardId}", { boardId }));
 */
export function joinPresence<Meta>(
  of: Pick<ChannelHandle, "subscribe">,
  presence: PresenceHandle<Meta>,
): Presence<Meta> {
  const watchers = new ListenerSet<{ readonly change: () => void }>(reportCause);
  let members: readonly PresenceMember<Meta>[] = [];
  let said: { readonly meta: Meta } | undefined;

  const become = (next: readonly PresenceMember<Meta>[]) => {
    members = next;
    watchers.emit("change");
  };
  const stay = of.subscribe({}); // first: only who is on a channel may see who else is
  const stop = presence.subscribe({
    message: (message) => become(afterMessage(members, message)),
    opening(opening) {
      become((opening as { readonly members: readonly PresenceMember<Meta>[] }).members);
      if (said) void presence.publish("presence:heartbeat", said).catch(() => undefined); // another connection is another member; refused, it was refused before
    },
    change: ({ status }) => status === "refused" && become([]),
  });

  return {
    get members() {
      return members;
    },
    watch: (change) => watchers.add({ change }),
    async say(meta) {
      said = { meta };
      await presence.publish("presence:heartbeat", said);
    },
    leave() {
      stop();
      stay();
      become([]);
    },
  };
}
