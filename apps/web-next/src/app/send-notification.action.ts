"use server";

import { headers } from "next/headers";
import { submitNotification, type SubmitOutcome } from "../server/submit-notification";
import { theApp } from "../server/the-app";

/** The composer's form; works before hydration, and without JavaScript at all. */
export async function sendNotificationAction(_before: SubmitOutcome | null, form: FormData): Promise<SubmitOutcome> {
  return submitNotification(theApp(), new Headers(await headers()), { to: form.get("to"), text: form.get("text") });
}
