import type { RealtimeChannel, ServerFrame } from "@repo/core-realtime";
import type { ChannelHandle } from "./channel/channel-handle.js";
import { checkPayload } from "./channel/check-payload.js";
import { createChannelTable } from "./channel/create-channel-table.js";
import type { AttachOptions } from "./channel/create-subscription.js";
import { encodeName } from "./channel/encode-name.js";
import { openChannel } from "./channel/open-channel.js";
import { createConnection, type ConnectionDeps } from "./connection/create-connection.js";
import type { ConnectionState } from "./connection/connection-state.js";
import { createOutbox } from "./outbox.js";
import type { RealtimeClient } from "./realtime-client.js";
import { refusal, RealtimeRefusal } from "./realtime-refusal.js";
import { watchSurroundings } from "./surroundings.js";

/** What a client is made of. */
export interface ClientDeps extends Omit<ConnectionDeps, "onFrame" | "onState"> {
  readonly lingerMs: number;
  readonly maxQueued: number;
}

/** Brings connection, subscriptions and outbox together. */
export function createClient(deps: ClientDeps): RealtimeClient {
  const watchers = new Set<{ readonly tell: () => void }>();
  let unwatch: (() => void) | undefined;
  let isWanted: boolean | undefined; // undefined: the first who listens may connect

  const onState = (state: ConnectionState, before: ConnectionState): void => {
    if (before.status === "connected" && state.status !== "connected") table.each(({ detach }) => detach());
    if (before.status !== "connected" && state.status === "connected") {
      outbox.connected(state.userId);
      table.each(({ attach }) => attach());
      outbox.flush();
    }
    for (const { tell } of watchers) tell();
  };

  const onFrame = (frame: ServerFrame): void => {
    if (frame.type === "message") table.find(frame.channel)?.receive(frame);
    if (frame.type === "left") table.find(frame.channel)?.refuse(frame.error);
    if (frame.type === "error") deps.onError(new RealtimeRefusal(frame.error));
  };

  const connection = createConnection({ ...deps, onState, onFrame });
  const { dispatch, ask, send } = connection;
  const table = createChannelTable({
    ...deps,
    ask,
    isConnected: () => connection.state.status === "connected",
    leave: (channel) => send({ type: "unsubscribe", channel }),
    onRefused: (channel, error) => outbox.refuse(error, channel),
  });
  const outbox = createOutbox({ ...deps, ask, isReady: (channel) => table.find(channel)?.isAsked === true });

  const connect = (): void => {
    isWanted = true;
    unwatch ??= watchSurroundings((type) => dispatch({ type }));
    dispatch({ type: "connect" });
  };

  return {
    get state() {
      return connection.state;
    },
    get transport() {
      return connection.transport.name;
    },
    get latencyMs() {
      return connection.latencyMs;
    },
    channel(
      channel: string | RealtimeChannel,
      params?: Readonly<Record<string, string>>,
      options?: AttachOptions,
    ): ChannelHandle {
      const [template, check] = typeof channel === "string" ? [channel] : [channel.name, checkPayload(channel)];
      const name = encodeName(template, params);
      return openChannel(name, {
        find: table.find,
        post: outbox.post,
        listen(listener) {
          if (isWanted === undefined) connect();
          return table.listen(name, listener, { ...options, check });
        },
      });
    },
    connect,
    disconnect() {
      isWanted = false;
      unwatch?.();
      unwatch = undefined;
      dispatch({ type: "disconnect" });
      outbox.refuse(refusal("TRANSPORT_LOST", "Disconnected."));
    },
    async refresh() {
      if (connection.state.status === "stopped") connect();
      else await connection.refresh();
    },
    watch(tell) {
      const own = { tell };
      watchers.add(own);
      return () => watchers.delete(own);
    },
  };
}
