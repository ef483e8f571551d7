import { authorize, RealtimeError } from "@repo/core-realtime";
import type { LivePage } from "../page/live-page.js";
import type { Viewer } from "./page-content.js";

/** Whether this viewer may have the page: its scope first, then its guard. @throws RealtimeError where not. */
export async function checkAccess({ description }: LivePage, viewer: Viewer): Promise<void> {
  const scope = description.scope ?? "public";
  if (!authorize({ scope }, {}, viewer.user)) throw new RealtimeError(viewer.user ? "UNAUTHORIZED" : "UNAUTHENTICATED");
  await description.guard?.(viewer);
}
