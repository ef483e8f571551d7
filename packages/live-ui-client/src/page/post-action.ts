import type { ActionMessage, WireReply } from "../wire.js";

/**
 * Sends an action by HTTP. An error with a `code` is the end of the action; after any other the server may not have been reached, or is
 * about to be back: the same action is sent again.
 */
export async function postAction(message: ActionMessage, token: string, signal: AbortSignal): Promise<WireReply> {
  const response = await fetch(location.href, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ k: token, ...message }),
    signal,
  });
  const { status } = response;
  if (response.headers.get("content-type")?.includes("json")) {
    const reply: unknown = await response.json();
    if (Array.isArray(reply)) return reply as unknown as WireReply; // the wire
  }
  const error = new Error(`HTTP ${status}`);
  if (status === 429 || (status > 501 && status < 505)) throw error;
  if (response.redirected) location.assign(response.url); // such as a sign-in
  throw Object.assign(error, { code: `HTTP_${status}` });
}
