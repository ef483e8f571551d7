import type { ClientOutbox } from "./client-outbox.js";
import { createOutbox, type OutgoingMessage } from "./outbox.js";
import { openMessageStore, type BrowserStorage, type KeptMessage } from "./outbox/message-store.js";
import type { RealtimeRefusal } from "./realtime-refusal.js";

/** Whose messages outlive the page, and which. */
export interface IndexedDbOutboxOptions extends BrowserStorage {
  /** The user's id. Over a connection of another user none of these messages is sent, and none of theirs is kept. */
  readonly identity: string;
  /** Which messages are kept: changes of data, such as `({ channel }) => channel === "entity:task"`; no pointers and no heartbeats. */
  readonly keep: (message: Pick<OutgoingMessage, "channel" | "event">) => boolean;
  /** A message that has waited longer is refused with `TRANSPORT_LOST`. Default: a day. */
  readonly maxAgeMs?: number;
}

/** A message of a page that is gone; it is sent once this page listens to its channel. */
export interface RestoredMessage extends Pick<OutgoingMessage, "channel" | "event" | "payload"> {
  /** The handler's reply, or the refusal, which `client.on("error")` receives too. */
  readonly reply: Promise<unknown>;
}

/** The outbox of one client, and what a page may know of it. */
export interface IndexedDbOutbox extends ClientOutbox {
  /** What pages of this user left behind, in their order; empty where the browser keeps nothing. */
  readonly restored: Promise<readonly RestoredMessage[]>;
  /** Whether all that waits outlives the page. Where not, ask before the page is left. */
  isKept(): boolean;
}

const OPEN_MS = 3_000; // some browsers open no database after a crash, and do not say so

/**
 * Keeps messages without a reply in IndexedDB, so that a reload loses none: the next page of the same user sends them, under their ids.
 * Make one for each client, in browsers alone. It needs Web Locks; where the browser keeps nothing, `client.on("error")` receives the reason.
 * @example createRealtimeClient({ url, outbox: indexedDbOutbox({ identity: userId, keep: ({ channel }) => channel === "entity:task" }) });
 */
export function indexedDbOutbox(options: IndexedDbOutboxOptions): IndexedDbOutbox {
  const { identity, keep, maxAgeMs = 86_400_000 } = options;
  const own = new Map<string, KeptMessage>();
  let userId: string | null = identity;
  let writing = 1; // and opening
  let isFailed = false;
  let isHeld = true; // nothing is sent before it is written that it may have been
  let visit = 0; // counts connections
  let lastAt = 0;
  let ended: { readonly error: RealtimeRefusal; readonly channel: string | undefined } | undefined;
  let setRestored: (messages: readonly RestoredMessage[]) => void;
  const restored = new Promise<readonly RestoredMessage[]>((resolve) => (setRestored = resolve));

  const open: ClientOutbox = (deps) => {
    const { clock, connection, byName, onError } = deps;
    const inner = createOutbox({ ...deps, byName: { get: (name) => (isHeld ? undefined : byName.get(name)) } });
    inner.connected(identity, false); // the user whose messages wait here

    const fail = (cause: unknown): undefined => {
      isFailed = true;
      onError(cause);
    };
    const write = async (messages: readonly KeptMessage[], isRemoval?: boolean): Promise<void> => {
      writing += 1;
      await opened.then((store) => store?.write(messages, isRemoval)).catch(fail);
      writing -= 1;
    };
    const post = (message: KeptMessage): Promise<unknown> => {
      const { frame, sentAt } = message;
      own.set(frame.id, message);
      return inner.post(frame, sentAt).finally(() => {
        own.delete(frame.id);
        void write([message], true);
      });
    };
    const late = new Promise<never>((_, reject) => {
      clock.after(OPEN_MS, () => reject(new Error("IndexedDB does not open.")));
    });
    const opened = Promise.race([openMessageStore(identity, options), late]).catch(fail);
    const ready = opened.then((store) => {
      writing -= 1;
      const restore = (message: KeptMessage): RestoredMessage => {
        lastAt = message.at;
        const isOld = lastAt < clock.now() - maxAgeMs;
        const reply = post(isOld ? { ...message, sentAt: 1 } : message); // as if it had been sent long ago
        reply.catch(onError);
        return { ...message.frame, reply };
      };
      setRestored((store?.claimed ?? []).map(restore));
    });

    return {
      waiting: inner.waiting,
      flush: inner.flush,
      async post(message) {
        const before = ended;
        await ready;
        if (ended && ended !== before && (ended.channel ?? message.channel) === message.channel) throw ended.error;
        if (userId !== identity || !keep(message)) return inner.post(message);
        const at = (lastAt = Math.max(lastAt + 1, clock.now()));
        const sentAt = connection.state.status === "connected" ? at : undefined;
        const frame = { ...JSON.parse(JSON.stringify(message)), id: deps.nextId() };
        const kept = { identity, frame, at, sentAt };
        const reply = post(kept);
        void write([kept]);
        return reply;
      },
      async connected(user, isNew) {
        userId = user;
        if (!isNew) return inner.connected(user, false);
        isHeld = true;
        const mine = (visit += 1);
        await ready;
        const unsent = [...own.values()].filter(({ sentAt }) => sentAt === undefined);
        const marked = unsent.map((message) => ({ ...message, sentAt: clock.now() }));
        for (const message of marked) own.set(message.frame.id, message);
        await write(marked);
        if (mine !== visit) return;
        isHeld = false;
        inner.connected(userId, true);
      },
      refuse(error, channel) {
        ended = { error, channel };
        inner.refuse(error, channel);
      },
    };
  };
  return Object.assign(open, { restored, isKept: () => !isFailed && !writing && userId === identity });
}
