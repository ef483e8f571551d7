import type { RealtimeUser } from "@repo/core-realtime";
import type { Claimer } from "../state/claim-quota.js";
import type { PageBinding } from "../state/page-claims.js";
import type { LivePage } from "../page/live-page.js";

/** The facts about a client beside its user. */
export interface Visitor {
  /** Of its cookie; undefined where it has sent none. */
  readonly id: string | undefined;
  /** What a limit per address counts; undefined where the address is unknown, or a proxy's. */
  readonly address: string | undefined;
}

export const UNKNOWN_VISITOR: Visitor = { id: undefined, address: undefined };

/** What a page's tokens are bound to. All anonymous visitors without a cookie have the same binding. */
export function bindingOf({ path }: LivePage, user: RealtimeUser | null, { id = "" }: Visitor): PageBinding {
  if (user) return { page: path.text, userId: user.userId, session: user.sessionId ?? "" };
  return { page: path.text, userId: null, session: id };
}

/** Whose claims are counted together. No cookie counts: a client that drops it gets another one with each page. */
export function claimerOf(user: RealtimeUser | null, { address }: Visitor): Claimer {
  if (user) return { key: user.userId, who: "user" };
  return address === undefined ? { key: "", who: "unknown" } : { key: address, who: "address" };
}
