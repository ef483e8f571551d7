import type { ChannelHandle } from "./channel/channel-handle.js";
import type { ChannelListener } from "./channel/channel-listener.js";
import { ListenerSet } from "./listeners.js";
import type { PresenceMember } from "./presence/presence-member.js";
import {
  afterMessage,
  memberOf,
  withMembers,
  type PresenceMessage,
  type PresencePiece,
} from "./presence/presence-message.js";
import type { RealtimeRefusal } from "./realtime-refusal.js";
import { reportCause } from "./report-error.js";

export { peopleOf, type PresenceMember, type PresentPerson } from "./presence/presence-member.js";
export type { PresenceMessage } from "./presence/presence-message.js";

/** What is needed of the handle of a presence channel. */
export interface PresenceHandle<Meta> {
  /** Listens to the presence channel. */
  subscribe(listener: ChannelListener<PresenceMessage<Meta>>): () => void;
  /** Sends on the presence channel. */
  publish(
    ...message:
      | readonly [event: "presence:heartbeat", payload: { readonly meta: Meta }]
      | readonly [event: "presence:list", payload: { readonly after: string }]
  ): Promise<unknown>;
}

/** The members of a channel, this client included. */
export interface Presence<Meta> {
  /** Oldest first; a new array whenever something changed. */
  readonly members: readonly PresenceMember<Meta>[];
  /** False while pieces of a long list are still to come. */
  readonly isComplete: boolean;
  /** Called whenever `members` is another array; returns the undo. */
  watch(listener: () => void): () => void;
  /** Publishes something about this tab, now and again after each reconnect. */
  update(meta: Meta): Promise<void>;
  /** Ends the presence of this tab. */
  leave(): void;
}

const RETRY_MS = 1_000; // where the server has sent no time

/**
 * Joins a channel and watches its members.
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
  let own: { readonly meta: Meta } | undefined;
  let isComplete = false;
  let reading = {}; // another object with each list: a piece of an earlier one is not wanted
  let changed = new Set<string>(); // connections with a message since the list began: that is newer than any piece

  const become = (next: readonly PresenceMember<Meta>[]) => {
    members = next;
    watchers.emit("change");
  };
  const begin = () => {
    reading = {};
    changed = new Set();
    isComplete = false;
    return reading;
  };
  const clear = () => {
    begin();
    become([]);
  };
  const take = (piece: PresencePiece<Meta>, list: object, before: readonly PresenceMember<Meta>[]) => {
    if (list !== reading) return;
    const { next: after } = piece;
    isComplete = after === undefined;
    become(
      withMembers(
        before,
        piece.members.filter(({ connectionId }) => !changed.has(connectionId)),
      ),
    );
    if (after !== undefined) request(after, list);
  };
  const request = (after: string, list: object) => {
    if (list !== reading) return;
    presence.publish("presence:list", { after }).then(
      (piece) => take(piece as PresencePiece<Meta>, list, members),
      ({ retry, retryAfterMs }: RealtimeRefusal) => {
        if (retry === "later") setTimeout(request, retryAfterMs ?? RETRY_MS, after, list);
      },
    );
  };

  const stay = of.subscribe({}); // first: only a subscriber of a channel may see its members
  const stop = presence.subscribe({
    message(message) {
      if (message.event === "presence:sync") return take(message.payload, begin(), []);
      changed.add(memberOf(message.payload).connectionId);
      become(afterMessage(members, message));
    },
    opening(opening) {
      if (own) void presence.publish("presence:heartbeat", own).catch(() => undefined); // another connection is another member; refused, it was refused before
      take(opening as PresencePiece<Meta>, begin(), []);
    },
    change({ status }) {
      if (status === "refused") clear();
    },
  });

  return {
    get members() {
      return members;
    },
    get isComplete() {
      return isComplete;
    },
    watch: (change) => watchers.add({ change }),
    async update(meta) {
      own = { meta };
      await presence.publish("presence:heartbeat", own);
    },
    leave() {
      stop();
      stay();
      clear();
    },
  };
}
