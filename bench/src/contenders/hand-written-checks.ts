import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

// The checks that a careful team writes around `ws` or Socket.IO by hand, as simple and as fast as they come.

const PER_SECOND = 1_000_000_000; // like ours: checked, never hit
const BURST = 2 * PER_SECOND;
const REMEMBERED_MS = 120_000;
const MAX_REMEMBERED = 100_000;
const MAX_CHANNELS = 50;
const CHANNEL = /^(?:bench|brief)\.[A-Za-z0-9_-]{1,64}$/;

const id = z.string().max(64);
const channel = z.string().max(256);

/** What a client may send. */
export const FRAME = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subscribe"), id, channel }),
  z.object({ type: z.literal("message"), id, channel, payload: z.object({ text: z.string() }) }),
]);

export type Frame = z.infer<typeof FRAME>;
export type Reply = { readonly ok: true } | { readonly ok: false; readonly error: string };

/** A rate limit: so many per second, more in a burst. */
class TokenBucket {
  #tokens = BURST;
  #at = Date.now();

  take(): boolean {
    const now = Date.now();
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#at) / 1_000) * PER_SECOND);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** One connection's user, rate and subscriptions. */
export class CheckedClient {
  readonly userId: string;
  readonly #roles: readonly string[] = ["member"];
  readonly #bucket = new TokenBucket();
  readonly #channels = new Set<string>();

  constructor(userId: string) {
    this.userId = userId;
  }

  /** Why this frame is refused; undefined where it may pass. */
  refusalOf(frame: Frame): string | undefined {
    if (!this.#bucket.take()) return "RATE_LIMITED";
    if (!CHANNEL.test(frame.channel)) return "CHANNEL_UNKNOWN";
    if (!this.#roles.includes("member")) return "UNAUTHORIZED";
    if (frame.type === "message") return this.#channels.has(frame.channel) ? undefined : "NOT_SUBSCRIBED";
    if (this.#channels.size >= MAX_CHANNELS) return "TOO_MANY_SUBSCRIPTIONS";
    this.#channels.add(frame.channel);
    return undefined;
  }
}

/** The replies to messages of the last two minutes: a repeated id is not run twice. Oldest first. */
export class RepliesById {
  readonly #replies = new Map<string, { readonly reply: Reply; readonly at: number }>();

  of(userId: string, messageId: string): Reply | undefined {
    return this.#replies.get(`${userId}:${messageId}`)?.reply;
  }

  remember(userId: string, messageId: string, reply: Reply): void {
    const now = Date.now();
    this.#replies.set(`${userId}:${messageId}`, { reply, at: now });
    for (const [key, { at }] of this.#replies) {
      if (this.#replies.size <= MAX_REMEMBERED && now - at < REMEMBERED_MS) break;
      this.#replies.delete(key);
    }
  }
}

/** Pages of this host, and programs that are no browser. */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
