import { readFileSync } from "node:fs";
import type { IRealtimeAuthenticator } from "@repo/core-realtime";
import type { AllowedOrigins } from "@repo/core-realtime/server";
import { createLiveQueries, createRecordsEndpoint } from "@repo/live-query";
import type { ChangeFeed, SqlClient } from "@repo/realtime-postgres";
import { makeTables } from "../database/make-tables";
import { annotationTables } from "./annotation-tables";
import type { EmbedTokens } from "./embed-tokens";
import { widgetCounts } from "./widget-counts.query";

export interface AnnotationParts {
  readonly client: SqlClient;
  readonly feed: ChangeFeed;
  readonly authenticator: IRealtimeAuthenticator;
  readonly embeds: EmbedTokens;
  readonly origins: AllowedOrigins;
  readonly onError: (cause: unknown) => void;
}

/** Live queries over the demo's tables, and the same over HTTP. `start` comes after the tables were made. */
export function openAnnotations({ client, feed, authenticator, embeds, origins, onError }: AnnotationParts) {
  const live = createLiveQueries({ client, feed, tables: annotationTables, queries: [widgetCounts], onError });
  return {
    live,
    embeds,
    data: createRecordsEndpoint({ live, authenticator, origins, onError }),
    script: SCRIPT,
    async start() {
      await makeTables(client, "demo.members", (connection) => connection.execute(SCRIPT));
      await live.start();
    },
  };
}

const SCRIPT = readFileSync(new URL("./annotations.sql", import.meta.url), "utf8");
