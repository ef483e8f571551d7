import type { RealtimeError } from "@repo/core-realtime";
import { encodeForClient } from "../encoders/client-encoder.js";
import { noticesOf, type PageChange } from "../run/page-change.js";
import { LIVE_TYPE } from "./action-request.js";

/** The reply to an action, for any format. */
export interface ActionReply {
  readonly ref: number;
  readonly change: PageChange;
  /** The page's token from now on; undefined: the one that the client has sent. */
  readonly token: string | undefined;
}

/** The reply to our own client. */
export function liveReply({ ref, change, token }: ActionReply): Response {
  return json([ref, ...encodeForClient(change.operations, undefined), ...noticesOf({ ...change, token })]);
}

/** The page was opened anew: the whole root, in place of the one that the client has. */
export function freshReply(ref: number, root: string): Response {
  return json([ref, { f: root }]);
}

/** The action failed; what the client shows stays as it is. */
export function failedReply(ref: number, error: RealtimeError): Response {
  return json([ref, { e: error.toWire() }]);
}

function json(entries: readonly unknown[]): Response {
  return new Response(JSON.stringify(entries), {
    headers: { "content-type": LIVE_TYPE, "cache-control": "no-store", vary: "Accept" },
  });
}
