"use server";

import { headers } from "next/headers";
import { recordSignal } from "../../server/hub/hub-actions";
import { theApp } from "../../server/the-app";
import { currentViewer } from "../current-viewer";
import { hubPage } from "./hub-page";

/** Renders the part of the page again that has changed, as whoever sends this. */
export async function refreshHub(hubId: string) {
  return hubPage().render({ hubId }, (await currentViewer()) ?? null);
}

/** The form under the list. */
export async function recordSignalAction(_before: string | undefined, form: FormData): Promise<string | undefined> {
  return recordSignal(theApp(), new Headers(await headers()), form);
}
