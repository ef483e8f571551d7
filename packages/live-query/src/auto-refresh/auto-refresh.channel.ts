import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

const token = z.string().max(16_384);
/** True: render again, and publish `rendered` with the new token. */
const standing = z.object({ isChanged: z.boolean() });

/** One place on a page that refreshes when what it has read changes. A client with a token for it may follow it: the token names the user. */
export const autoRefreshChannel = defineRealtimeChannel({
  name: "auto-refresh.{name}.{view}",
  scope: "public",
  ask: token,
  opening: standing,
  /** At most one until the page publishes `rendered`. */
  payload: { changed: z.object({}) },
  inbound: { rendered: z.object({ token }) },
  reply: standing,
  errors: { TOKEN_REFUSED: z.object({ why: z.string() }) },
});
