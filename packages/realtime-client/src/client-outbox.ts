import type { Connection } from "./connection/create-connection.js";
import type { Outbox, OutboxDeps } from "./outbox.js";

/** What an outbox of a client works with. */
export interface ClientOutboxDeps extends OutboxDeps {
  readonly connection: Pick<Connection, "link" | "state">;
  /** Receives what fails without a caller. */
  readonly onError: (cause: unknown) => void;
}

/** What `createRealtimeClient({ outbox })` takes: makes the outbox of one client. */
export type ClientOutbox = (deps: ClientOutboxDeps) => Outbox;
