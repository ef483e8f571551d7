import type { MessageFrame, RealtimeErrorCode } from "@repo/core-realtime";
import type { ClientClock } from "./browser-clock.js";
import type { ChannelTable } from "./channel/create-channel-table.js";
import type { Connection } from "./connection/create-connection.js";
import { BURST, MAX_FRAME_BYTES, MAX_LETTERS, REMEMBERED_MS } from "./limits.js";
import { refill, untilNextMs } from "./pace.js";
import { refusal, RealtimeRefusal } from "./realtime-refusal.js";

/** The dependencies of an outbox. */
export interface OutboxDeps {
  readonly byName: Pick<ChannelTable["byName"], "get">;
  readonly connection: Pick<Connection, "link">;
  readonly clock: ClientClock;
  readonly nextId: () => string;
}

/** A message to be sent; without an id it gets one. */
export type OutgoingMessage = Pick<MessageFrame, "channel" | "event" | "payload"> & { readonly id?: string };

/** Client messages in the order they were published, until each has its reply: through reconnects, under the same id. */
export interface Outbox {
  /** The messages without a reply, in their order. */
  readonly waiting: Iterable<WaitingMessage>;
  /** Resolves with the reply's result, rejects with the refusal. A repeat has its `id`, and when it first went out. */
  readonly post: (message: OutgoingMessage, sentAt?: number) => Promise<unknown>;
  /** Sets the user of the connection; `isNew`: what was in progress on the last one is sent again. */
  readonly connected: (userId: string | null, isNew: boolean) => void;
  /** Sends what waited for a channel that is subscribed to again. */
  readonly flush: () => void;
  /** Rejects what waits for this channel; without a channel: all that waits. */
  readonly refuse: (error: RealtimeRefusal, channel?: string) => void;
}

/** A message without a reply. */
export interface WaitingMessage {
  readonly frame: MessageFrame & { readonly id: string };
  /** It was sent over this connection. */
  readonly isOut?: boolean;
}

interface Letter extends WaitingMessage {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RealtimeRefusal) => void;
  /** When it first went out, by the wall clock. */
  sentAt?: number | undefined;
  isOut?: boolean;
}

const NOT_SUBSCRIBED: RealtimeErrorCode = "NOT_SUBSCRIBED"; // such a message was sent behind a subscribe that was refused for now
const ISOLATED: RealtimeErrorCode = "ISOLATED"; // such a message is sent again over the next connection: this one ends when the server is back

/** Makes an empty outbox. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const letters = new Set<Letter>();
  let sender: string | null | undefined; // undefined before the first connection
  let tokens = BURST;
  let filledAt = 0;
  let cancel: (() => void) | undefined;

  const flush = (): void => {
    cancel?.();
    const now = deps.clock.now();
    tokens = refill(tokens, now - filledAt);
    filledAt = now;
    for (const letter of letters) {
      if (letter.isOut || !deps.byName.get(letter.frame.channel)?.isSent) continue;
      if (tokens < 1) {
        cancel = deps.clock.after(untilNextMs(tokens), flush);
        return;
      }
      tokens -= 1;
      letter.sentAt ??= now;
      letter.isOut = true;
      deps.connection.link?.request(letter.frame, (reply) => {
        if (reply.ok) {
          letters.delete(letter);
          letter.resolve(reply.result);
        } else if (reply.error.code === NOT_SUBSCRIBED && deps.byName.get(letter.frame.channel)?.state.error) {
          letter.isOut = false; // is sent again after the next subscribe
        } else if (reply.error.code !== ISOLATED) drop(letter, new RealtimeRefusal(reply.error));
      });
    }
  };

  const drop = (letter: Letter, error: RealtimeRefusal): void => {
    letters.delete(letter);
    letter.reject(error);
  };

  return {
    waiting: letters,
    post: (message, sentAt) =>
      new Promise((resolve, reject) => {
        const frame = { type: "message", id: deps.nextId(), ...message } as const;
        if (letters.size >= MAX_LETTERS) throw refusal("OVERLOADED", "later");
        if (new Blob([JSON.stringify(frame)]).size > MAX_FRAME_BYTES) throw refusal("FRAME_TOO_LARGE");
        letters.add({ frame, sentAt, resolve, reject });
        flush();
      }),
    connected(userId, isNew) {
      const isOther = sender !== undefined && sender !== userId; // one user's messages are not sent as another
      sender = userId;
      if (isNew) tokens = BURST;
      for (const letter of letters) {
        // an anonymous visitor's id, and after a while any user's, is not remembered: the message might run twice
        const isLost = isNew && letter.sentAt && (userId === null || deps.clock.now() - letter.sentAt > REMEMBERED_MS);
        if (isOther || isLost) drop(letter, refusal("TRANSPORT_LOST", "later"));
        else if (isNew) letter.isOut = false;
      }
      flush();
    },
    flush,
    refuse(error, channel) {
      for (const letter of letters) if (!channel || letter.frame.channel === channel) drop(letter, error);
    },
  };
}
