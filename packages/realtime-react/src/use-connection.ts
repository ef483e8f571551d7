import type { ConnectionState, RealtimeClient } from "@repo/realtime-client";
import { useState, useSyncExternalStore } from "react";
import { useClient } from "./client-context.js";

const LOOK_MS = 1_000; // the latency changes without an event; a status display need not be newer

/** The connection as it is painted. */
export interface ConnectionSnapshot {
  /** Where the connection stands. */
  readonly state: ConnectionState;
  /** The name of the transport in use. */
  readonly transport: string | undefined;
  /** The last round trip of a heartbeat. */
  readonly latencyMs: number | undefined;
}

/** How the connection stands, and what one can do with it. */
export type UsedConnection = ConnectionSnapshot & Pick<RealtimeClient, "connect" | "disconnect" | "refresh">;

const BEFORE: ConnectionSnapshot = { state: { status: "idle" }, transport: undefined, latencyMs: undefined };

/** Watches the connection. */
export function useConnection(): UsedConnection {
  const client = useClient();
  const [kept, setKept] = useState(() => connectionStore(client));
  let store = kept;
  if (kept.client !== client) {
    store = connectionStore(client);
    setKept(store);
  }
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, () => BEFORE);
  const { connect, disconnect, refresh } = client;
  return { ...snapshot, connect, disconnect, refresh };
}

function connectionStore(client: RealtimeClient) {
  let made = BEFORE;
  return {
    client,
    subscribe(change: () => void) {
      const stop = client.watch(change);
      const timer = setInterval(change, LOOK_MS);
      return () => {
        stop();
        clearInterval(timer);
      };
    },
    snapshot() {
      const { state, transport, latencyMs } = client;
      if (made.state !== state || made.transport !== transport || made.latencyMs !== latencyMs)
        made = { state, transport, latencyMs };
      return made;
    },
  };
}
