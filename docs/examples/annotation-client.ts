import { createRealtimeClient } from "fourgate/client";
import { createMutations, createQueries } from "fourgate/client/query";

/** Written by `fourgate-live-query types annotations`. */
export interface Database {
  readonly annotations: {
    readonly row: {
      readonly id: string;
      readonly widget_id: number;
      readonly actor_id: string;
      readonly body: string;
      readonly version: number;
      readonly created_at: string;
    };
    readonly insert: {
      readonly id?: string;
      readonly widget_id: number;
      readonly actor_id?: string;
      readonly body: string;
      readonly version?: number;
      readonly created_at?: string;
    };
    readonly update: {
      readonly id?: string;
      readonly widget_id?: number;
      readonly actor_id?: string;
      readonly body?: string;
      readonly version?: number;
      readonly created_at?: string;
    };
  };
}

/** A client, its queries and its mutations. */
export function openAnnotations({ url = "/realtime", token = "" } = {}) {
  const client = createRealtimeClient({ url, auth: () => token });
  return { client, ...createQueries<Database>(client), ...createMutations<Database>(client) };
}
