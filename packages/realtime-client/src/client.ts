import type { RealtimeChannel, ServerFrame } from "@repo/core-realtime";
import type { ChannelHandle } from "./channel/channel-handle.js";
import { checkPayload } from "./channel/check-payload.js";
import { createChannelTable } from "./channel/create-channel-table.js";
import type { AttachOptions } from "./channel/create-subscription.js";
import { encodeName } from "./channel/encode-name.js";
import { openChannel } from "./channel/open-channel.js";
import { createConnection, type ConnectionDeps } from "./connection/create-connection.js";
import type { ConnectionState } from "./connection/connection-state.js";
import { createListeners } from "./listeners.js";
import { createOutbox } from "./outbox.js";
import type { RealtimeClient } from "./realtime-client.js";
import { refusal, RealtimeRefusal } from "./realtime-refusal.js";
import { watchSurroundings } from "./surroundings.js";

/** What a client is made of. */
export interface ClientDeps extends Omit<ConnectionDeps, "onFrame" | "onState"> {
  readonly lingerMs: number;
}

/** Brings connection, subscriptions and outbox together. */
export function createClient(deps: ClientDeps): RealtimeClient {
  const { onError } = deps;
  const watchers = createListeners<{ readonly change: () => void }>(onError);
  let surroundings: AbortController | undefined;

  const onState = (state: ConnectionState, before: ConnectionState): void => {
    const isNew = state.status !== before.status;
    if (isNew && before.status === "connected") table.byName.forEach(({ detach }) => detach());
    if (state.status === "connected") {
      if (isNew) table.byName.forEach(({ attach }) => attach());
      outbox.speak(state.userId, isNew);
    }
    watchers.tell("change");
  };

  const onFrame = (frame: ServerFrame): void => {
    if (frame.type === "message") table.byName.get(frame.channel)?.receive(frame);
    if (frame.type === "left") table.byName.get(frame.channel)?.left(frame.error);
    if (frame.type === "error") onError(new RealtimeRefusal(frame.error));
  };

  const connection = createConnection({ ...deps, onState, onFrame });
  const onRefused = (channel: string, error: RealtimeRefusal) => outbox.refuse(error, channel);
  const onWanted = () => {
    if (connection.state.status === "idle") connect();
  };
  const table = createChannelTable({ ...deps, connection, onRefused, onWanted });
  const outbox = createOutbox({ ...deps, connection, ...table });

  const connect = (): void => {
    surroundings ??= watchSurroundings(() => connection.dispatch({ type: "wake" }));
    connection.dispatch({ type: "connect" });
  };

  return {
    get state() {
      return connection.state;
    },
    get transport() {
      return connection.link?.transport;
    },
    get latencyMs() {
      return connection.link?.latencyMs;
    },
    channel(
      channel: string | RealtimeChannel,
      params?: Readonly<Record<string, string>>,
      options?: AttachOptions,
    ): ChannelHandle {
      const [template, check] = typeof channel === "string" ? [channel] : [channel.name, checkPayload(channel)];
      return openChannel(encodeName(template, params), { ...options, check }, { table, outbox });
    },
    connect,
    disconnect() {
      surroundings?.abort();
      surroundings = undefined;
      connection.dispatch({ type: "disconnect" });
      outbox.refuse(refusal("TRANSPORT_LOST"));
    },
    async refresh() {
      if (connection.state.status === "stopped") connect();
      else await connection.refresh();
    },
    watch: (change) => watchers.add({ change }),
  };
}
