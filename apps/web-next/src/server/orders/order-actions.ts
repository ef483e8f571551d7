import { z } from "zod";
import { EVERYBODY, ORDER_STATUSES } from "../../orders/order";
import type { BoundApp } from "../bind-all";
import { whoIs } from "../who-is";
import type { UpdateResult } from "./order-desk";

/** What the page shows after a form was sent. */
export type OrderOutcome<Result = undefined> =
  { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly why: string };

const updateForm = z.object({
  target: z.union([
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform((id) => ({ id: Number(id) })),
    z
      .string()
      .regex(/^[a-z]{1,20}$/)
      .transform((customer) => ({ customer })),
  ]),
  status: z.enum(ORDER_STATUSES),
  end: z.enum(["commit", "rollback"]),
});

/** Whose orders this person sees. */
export function customerOf({ userId, roles }: { readonly userId: string; readonly roles: readonly string[] }): string {
  return roles.includes("staff") ? EVERYBODY : userId;
}

/** Runs an UPDATE for staff. */
export async function runUpdate(app: BoundApp, headers: Headers, form: FormData): Promise<OrderOutcome<UpdateResult>> {
  const parsed = updateForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { ok: false, why: "Choose an order, a status and how the transaction ends." };
  return asStaff(app, headers, () => app.orders.update(parsed.data));
}

/** Switches the pattern on or off. */
export function enablePattern(app: BoundApp, headers: Headers, isEnabled: boolean): Promise<OrderOutcome> {
  return asStaff(app, headers, async () => void (await app.orders.enablePattern(isEnabled)));
}

/** Sends a webhook once more. */
export function redeliver(app: BoundApp, headers: Headers, id: string): Promise<OrderOutcome<boolean>> {
  return asStaff(app, headers, () => app.webhooks.redeliver(id));
}

/** Lets the demo's receiver accept webhooks, or refuse them. */
export function letReceiverAccept(app: BoundApp, headers: Headers, isAccepting: boolean): Promise<OrderOutcome> {
  return asStaff(app, headers, async () => void (app.webhooks.isAccepting = isAccepting));
}

async function asStaff<Result>(
  app: BoundApp,
  headers: Headers,
  act: () => Promise<Result>,
): Promise<OrderOutcome<Result>> {
  if (!app.isOwnPage(headers)) return { ok: false, why: "Only this app's own pages may do this." };
  const person = await whoIs(app, headers);
  if (!person?.roles.includes("staff")) return { ok: false, why: "Only staff may do this." };
  try {
    return { ok: true, result: await act() };
  } catch (cause) {
    app.logger.error({ err: cause }, "an action on the orders failed");
    return { ok: false, why: "The database refused or is away. Try again." };
  }
}
