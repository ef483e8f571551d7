import type { RealtimeError } from "@repo/core-realtime";
import { encodeForClient } from "../encoders/client-encoder.js";
import type { PageChange } from "../run/open-page.js";
import { LIVE_TYPE } from "./action-request.js";

/** What a client wants to know of an action. */
export interface ActionReply {
  readonly ref: number;
  readonly change: PageChange;
  /** The page's token from now on; undefined: the one that the client has sent. */
  readonly token: string | undefined;
}

/** The entries that follow the operations. */
export function notesOf({ title, navigate, replaceUrl, reset, token }: Omit<PageChange, "operations">): unknown[] {
  return [
    ...(reset.length > 0 ? [{ d: reset }] : []),
    ...(token === undefined ? [] : [{ k: token }]),
    ...(title === undefined ? [] : [{ n: title }]),
    ...(replaceUrl === undefined ? [] : [{ u: replaceUrl }]),
    ...(navigate === undefined ? [] : [{ go: navigate }]),
  ];
}

/** The reply to our own client. */
export function liveReply({ ref, change, token }: ActionReply): Response {
  return json([ref, ...encodeForClient(change.operations, undefined), ...notesOf({ ...change, token })]);
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
