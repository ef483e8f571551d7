import type { FetchEndpoint } from "@repo/core-realtime/server";
import type { LiveQueries } from "@repo/live-query";
import type { EmbedTokens } from "./embed-tokens";

/** The annotations as a person sees and changes them. */
export interface AnnotationAccess {
  readonly live: Pick<LiveQueries, "fetch" | "mutate">;
  /** The same over HTTP. */
  readonly data: FetchEndpoint;
  readonly embeds: Pick<EmbedTokens, "seal" | "open">;
  /** The policies, as SQL. */
  readonly script: string;
}

/** Annotations for an app without a database: none. */
export const noAnnotations: AnnotationAccess = {
  live: {
    fetch: async () => ({ rows: [], key: [], isTruncated: false }),
    mutate: async () => {
      throw new TypeError("This process has no database: start the app with `pnpm start`.");
    },
  },
  data: async () => new Response(null, { status: 503 }),
  embeds: { seal: async () => "", open: async () => undefined },
  script: "",
};
