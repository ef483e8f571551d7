import type { Clock, MessageFrame } from "@repo/core-realtime";
import type { Ask } from "./connection/open-link.js";
import { createPace } from "./pace.js";
import { refusal, RealtimeRefusal } from "./realtime-refusal.js";

/** What an outbox stands on. */
export interface OutboxDeps {
  readonly clock: Clock;
  readonly maxQueued: number;
  readonly nextId: () => string;
  readonly ask: Ask;
  /** May a message of this channel go out now? */
  readonly isReady: (channel: string) => boolean;
}

/** Client messages in the order they were said, until each is answered: through reconnects, under the same id. */
export interface Outbox {
  /** Resolves with the reply's result, rejects with the refusal. */
  readonly post: (message: Pick<MessageFrame, "channel" | "event" | "payload">) => Promise<unknown>;
  /** A connection is there, of this person. What was under way goes again, where the server can tell that it is the same. */
  readonly connected: (userId: string | null) => void;
  /** Sends what may go. */
  readonly flush: () => void;
  /** Nobody will take what waits for this channel; without a channel: what waits at all. */
  readonly refuse: (error: RealtimeRefusal, channel?: string) => void;
}

interface Letter {
  readonly frame: MessageFrame & { readonly id: string };
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RealtimeRefusal) => void;
  /** Whose words these are; undefined before it was known. */
  userId: string | null | undefined;
  /** When it first went out, by the wall clock. */
  sentAt?: number;
  /** It is on its way, over this connection. */
  isOut?: boolean;
}

const MAX_FRAME_BYTES = 64 * 1024; // the server's own limit; beyond it the connection is lost
const REMEMBERED_MS = 110_000; // the server knows a repeated id for 120 s; after that a resend might act twice

/** Makes an empty outbox. */
export function createOutbox({ clock, maxQueued, nextId, ask, isReady }: OutboxDeps): Outbox {
  const letters = new Set<Letter>();
  const pace = createPace();
  let speaker: string | null | undefined;
  let cancel: () => void = () => undefined;

  const refuseOne = (letter: Letter, error: RealtimeRefusal): void => {
    if (letters.delete(letter)) letter.reject(error);
  };

  const send = (letter: Letter): void => {
    letter.isOut = true;
    letter.userId = speaker;
    letter.sentAt ??= clock.now();
    ask(letter.frame, (reply) => {
      if (!reply.ok) return refuseOne(letter, new RealtimeRefusal(reply.error));
      letters.delete(letter);
      letter.resolve(reply.result);
    });
  };

  const flush = (): void => {
    cancel();
    for (const letter of letters) {
      if (letter.isOut || !isReady(letter.frame.channel)) continue;
      const ms = pace.take(clock.monotonic());
      if (ms > 0) {
        cancel = clock.after(ms, flush);
        return;
      }
      send(letter);
    }
  };

  return {
    flush,
    post: (message) =>
      new Promise((resolve, reject) => {
        const frame = { type: "message", id: nextId(), ...message } as const;
        if (letters.size >= maxQueued) throw refusal("OVERLOADED", "Too many messages are waiting.");
        if (new TextEncoder().encode(JSON.stringify(frame)).length > MAX_FRAME_BYTES)
          throw refusal("FRAME_TOO_LARGE", "The message is too large.", "never");
        letters.add({ frame, resolve, reject, userId: speaker });
        flush();
      }),
    connected(userId) {
      speaker = userId;
      pace.reset();
      for (const letter of letters) {
        const { sentAt } = letter;
        const isSamePerson = letter.userId === undefined || letter.userId === userId;
        const isKnown = !sentAt || (userId !== null && clock.now() - sentAt < REMEMBERED_MS);
        letter.isOut = false;
        if (!isSamePerson || !isKnown)
          refuseOne(letter, refusal("TRANSPORT_LOST", "The connection broke before the answer."));
      }
    },
    refuse(error, channel) {
      for (const letter of letters) if (!channel || letter.frame.channel === channel) refuseOne(letter, error);
    },
  };
}
