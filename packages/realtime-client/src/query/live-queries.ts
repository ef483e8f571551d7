import type { OpenChannel } from "../realtime-client.js";
import type { LiveQuery } from "./live-query.js";
import type { Row } from "./query-node.js";

/** What queries need of a client. */
export interface QueryClient {
  /** Opens a channel of the client. */
  readonly channel: Pick<OpenChannel, "raw">;
}

/** The queries of a client: equal ones share a subscription, for as long as it has listeners. */
export interface LiveQueries {
  /** The client that queries are sent over. */
  readonly client: QueryClient;
  /** The live queries by their canonical JSON. */
  readonly byJson: Map<string, LiveQuery>;
  /** The rows of a query with what is pending, where mutations are in use. */
  overlay?: (live: LiveQuery) => readonly Row[];
  /** Sends a request on the channel `records`; resolves with the rows of its reply. */
  request<Result>(event: "fetch" | "mutate", payload: unknown): Promise<readonly Result[]>;
}

const BY_CLIENT = new WeakMap<QueryClient, LiveQueries>();

/** One for each client: what is pending is shown in all queries of it. */
export function liveQueriesOf(client: QueryClient): LiveQueries {
  const queries = BY_CLIENT.get(client) ?? createLiveQueries(client);
  BY_CLIENT.set(client, queries);
  return queries;
}

function createLiveQueries(client: QueryClient): LiveQueries {
  const records = client.channel.raw("records");
  let leave: (() => void) | undefined;
  return {
    client,
    byJson: new Map(),
    request(event, payload) {
      leave ??= records.subscribe({}); // and stays: a refused subscribe is repeated on the next connection
      return records.publish(event, payload).then((reply) => (reply as { readonly rows: never }).rows); // the wire
    },
  };
}
