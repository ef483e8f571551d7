import { z } from "zod";
import { CATEGORIES } from "../../annotations/annotation-database";
import type { BoundApp } from "../bind-all";
import { whoIs } from "../who-is";

const annotationForm = z.object({
  widget: z.coerce.number().int(),
  category: z.enum(CATEGORIES),
  body: z.string().trim().min(1).max(280),
});

/** Writes an annotation as whoever sends the form, under the same policies as a live query. Returns why not, or nothing. */
export async function createAnnotation(app: BoundApp, headers: Headers, form: FormData): Promise<string | undefined> {
  if (!app.isOwnPage(headers)) return "Only this app's own pages may do this.";
  const person = await whoIs(app, headers);
  if (!person) return "Sign in first.";
  const parsed = annotationForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return "Choose a category, and write up to 280 characters.";
  const { widget, ...draft } = parsed.data;
  const row = { id: crypto.randomUUID(), widget_id: widget, author: person.userId, ...draft };
  try {
    await app.annotations.live.mutate(
      { id: row.id, changes: [{ op: "create", table: "demo.annotations", row }] },
      person,
    );
    return undefined;
  } catch (cause) {
    const why = whyOf(cause);
    if (why === undefined) app.logger.error({ err: cause }, "an annotation could not be recorded");
    return why ?? "The database is away. Try again.";
  }
}

/** The reason that a change was refused for; the error's class is another copy where Next has bundled this. */
function whyOf(cause: unknown): string | undefined {
  const { data } = Object(cause) as { readonly data?: { readonly why?: unknown } };
  return typeof data?.why === "string" ? data.why : undefined;
}
