import type { IRealtimeHandlerRegistry } from "@repo/core-realtime";
import { createAutoRefresh } from "@repo/live-query";
import type { ChangeFeed, SqlClient } from "@repo/realtime-postgres";
import { SqlHubDesk } from "./sql-hub-desk";

export interface HubParts {
  readonly client: SqlClient;
  readonly feed: ChangeFeed;
  readonly registry: IRealtimeHandlerRegistry;
  /** At least 32 characters. */
  readonly secret: string;
  readonly onError: (cause: unknown) => void;
}

/** The hubs, and pages that refresh when a row changes that they have read. */
export async function openHubs({ client, feed, registry, secret, onError }: HubParts) {
  const hubs = await SqlHubDesk.open(client);
  const pages = createAutoRefresh({ client, feed, secret, onError });
  const unbind = pages.bind(registry);
  await pages.start();
  return {
    hubs,
    autoRefresh: pages.autoRefresh,
    /** Before the feed. */
    close() {
      unbind();
      pages.close();
    },
  };
}
