import { z } from "zod";
import { SIGNAL_KINDS } from "../../hub/signal";
import type { BoundApp } from "../bind-all";
import { whoIs } from "../who-is";

const signalForm = z.object({
  widget: z.coerce.number().int(),
  kind: z.enum(SIGNAL_KINDS),
  body: z.string().trim().min(1).max(140),
});

/** Records a signal of somebody who has signed in about a widget. Returns why not, or nothing. */
export async function recordSignal(app: BoundApp, headers: Headers, form: FormData): Promise<string | undefined> {
  if (!app.isOwnPage(headers)) return "Only this app's own pages may do this.";
  const person = await whoIs(app, headers);
  if (!person) return "Sign in first.";
  const parsed = signalForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return "Choose a widget and a kind, and write up to 140 characters.";
  const { widget, kind, body } = parsed.data;
  try {
    const isRecorded = await app.hubs.record({ widgetId: widget, kind, body, sender: person.userId });
    return isRecorded ? undefined : "There is no such widget.";
  } catch (cause) {
    app.logger.error({ err: cause }, "a signal could not be recorded");
    return "The database refused or is away. Try again.";
  }
}
