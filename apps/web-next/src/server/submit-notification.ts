import { notificationDraft } from "@repo/notifications";
import type { BoundApp } from "./bind-all";
import { whoIs } from "./who-is";

/** What the sender receives; `status` is the HTTP status where there is a response to give it to. */
export type SubmitOutcome =
  | { readonly sent: true; readonly id: string }
  | { readonly sent: false; readonly why: string; readonly status: 400 | 401 | 403 };

/** The border of "send a notification": from our own page? by which user? is it a draft? Then the use case. */
export async function submitNotification(app: BoundApp, headers: Headers, draft: unknown): Promise<SubmitOutcome> {
  if (!app.isOwnPage(headers)) return refused(403, "Only this app's own pages may send.");
  const me = await whoIs(app, headers);
  if (!me) return refused(401, "Sign in first: a notification needs a sender.");
  const parsed = notificationDraft.safeParse(draft);
  if (!parsed.success) return refused(400, parsed.error.issues[0]?.message ?? "That is no notification.");
  const outcome = await app.sendNotification(parsed.data, me.userId);
  return outcome.sent ? outcome : refused(400, outcome.why);
}

function refused(status: 400 | 401 | 403, why: string): SubmitOutcome {
  return { sent: false, why, status };
}
