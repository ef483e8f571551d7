import { headers } from "next/headers";
import type { DemoPerson } from "../server/demo-people";
import { theApp } from "../server/the-app";
import { whoIs } from "../server/who-is";

/** Who looks at this page. */
export async function currentViewer(): Promise<DemoPerson | undefined> {
  const shown = new Headers(await headers()); // before anything else: it makes Next render the page for each request
  return whoIs(theApp(), shown);
}
