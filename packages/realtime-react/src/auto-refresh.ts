"use client";

import { followAutoRefresh } from "@repo/realtime-client/auto-refresh";
import { startTransition, useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { useClient } from "./client-context.js";

/** What `page.render` of `autoRefresh` returns, where the page is made of React nodes. */
export interface RenderedNode {
  /** What was rendered. */
  readonly output: ReactNode;
  /** The token of what the page has read. */
  readonly token: string;
}

/** The properties of `AutoRefresh`. */
export interface AutoRefreshProps {
  /** The first render, made by the Server Component. */
  readonly page: RenderedNode;
  /** A server action that renders the page again, as the user of its request. */
  readonly refresh: () => Promise<RenderedNode>;
}

/**
 * Shows what the server has rendered, and what it renders again whenever a row changes that it has read: this part of the page alone.
 * What is shown stays until the next render is there; state of client components in it, and around it, is kept.
 * @example
 * // page.tsx
 * <AutoRefresh page={await hub.render({ hubId }, user)} refresh={refreshHub.bind(null, hubId)} />
 * // hub.actions.ts, with "use server"
 * export async function refreshHub(hubId: string) {
 *   return hub.render({ hubId }, await currentUser());
 * }
 */
export function AutoRefresh({ page, refresh }: AutoRefreshProps): ReactNode {
  const client = useClient();
  const [kept, setKept] = useState({ first: page.token, shown: page });
  const isNew = kept.first !== page.token; // the whole page was rendered again
  if (isNew) setKept({ first: page.token, shown: page });
  const renderAgain = useEffectEvent(async () => {
    const shown = await refresh();
    startTransition(() => setKept((now) => (now.first === page.token ? { first: page.token, shown } : now)));
    return shown.token;
  });
  useEffect(() => followAutoRefresh(client, page.token, () => renderAgain()), [client, page.token]);
  return isNew ? page.output : kept.shown.output;
}
