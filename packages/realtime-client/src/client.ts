import type { RealtimeChannel, ServerFrame, WireError } from "@repo/core-realtime";
import type { ChannelHandle } from "./channel/channel-handle.js";
import { checkPayload } from "./channel/check-payload.js";
import { createChannelTable } from "./channel/create-channel-table.js";
import { encodeName, encodeRaw } from "./channel/encode-name.js";
import type { AttachOptions } from "./channel/join-options.js";
import { openChannel } from "./channel/open-channel.js";
import type { Subscription } from "./channel/subscription.js";
import { createConnection, type ConnectionDeps } from "./connection/create-connection.js";
import type { ConnectionState } from "./connection/connection-state.js";
import { ListenerSet } from "./listeners.js";
import type { ClientDebug } from "./client-debug.js";
import type { ClientOutbox } from "./client-outbox.js";
import type { RealtimeClient } from "./realtime-client.js";
import { refusal, RealtimeRefusal } from "./realtime-refusal.js";
import { watchSurroundings } from "./surroundings.js";

/** The parts of a client. */
export interface ClientDeps extends Omit<ConnectionDeps, "onFrame" | "onState" | "onIdentity" | "first"> {
  readonly lingerMs: number;
  readonly debug?: ClientDebug | undefined;
  readonly outbox: ClientOutbox;
}

/** What calls back: the listeners of `watch` and of `on`. */
interface ClientListener {
  readonly change?: () => void;
  readonly error?: (cause: unknown) => void;
}

/** Connects the connection, the subscriptions and the outbox. */
export function createClient(given: ClientDeps): RealtimeClient {
  const { debug, transports } = given;
  const watchers = new ListenerSet<ClientListener>(given.onError);
  const onError = (cause: unknown) => {
    watchers.emit("error", cause);
    given.onError(cause);
  };
  const deps = { ...given, onError, transports: debug?.transports(transports) ?? transports };
  let surroundings: AbortController | undefined;
  let isOff = false; // from `disconnect()` to `connect()`: nothing connects and nothing is sent

  const onState = (state: ConnectionState, before: ConnectionState): void => {
    const isNew = state.status !== before.status;
    if (isNew && before.status === "connected") eachChannel(({ detach }) => detach());
    if (state.status === "connected") {
      if (isNew) eachChannel(({ attach }) => attach());
      else if (before.status === "connected" && state.userId !== before.userId) onIdentity();
      if (connection.state === state) outbox.connected(state.userId, isNew);
    }
    const error = reasonOf(state.error);
    if (isNew && state.status === "stopped") eachChannel(({ stop }) => stop(error)); // and with it what waits there
    if (state.error && state.error !== before.error) watchers.emit("error", error);
    watchers.emit("change");
  };

  /** For as long as the connection stays as it is: a listener may end it. */
  const eachChannel = (act: (subscription: Subscription) => void): void => {
    const { status } = connection.state;
    for (const subscription of [...table.byName.values()]) if (connection.state.status === status) act(subscription);
  };

  const onIdentity = () => eachChannel(({ state, attach }) => state.error && attach());

  const onFrame = (frame: ServerFrame): void => {
    if (frame.type === "left") table.byName.get(frame.channel)?.left(frame.error);
    if (frame.type === "message") table.byName.get(frame.channel)?.receive(frame);
    if (frame.type === "error") onError(new RealtimeRefusal(frame.error));
  };

  const first = () => [...table.byName.values()].map(({ request }) => request());
  const connection = createConnection({ ...deps, onState, onFrame, onIdentity, first });
  const onRefused = (channel: string, error: RealtimeRefusal) => outbox.refuse(error, channel);
  const onSent = () => outbox.flush();
  const onWanted = ({ stop }: Subscription) => {
    if (connection.state.status === "idle" && !isOff) connect();
    queueMicrotask(() => {
      const { state } = connection; // the listener exists by now, and is notified
      if (state.status === "stopped") stop(reasonOf(state.error));
    });
  };
  const table = createChannelTable({ ...deps, connection, onRefused, onSent, onWanted });
  const outbox = deps.outbox({ ...deps, connection, ...table });

  const connect = (): void => {
    isOff = false;
    surroundings ??= watchSurroundings(() => connection.dispatch({ type: "wake" }));
    connection.dispatch({ type: "connect" });
  };

  const shared = { table, outbox, watchers, isClosed: () => isOff };
  debug?.attach(connection, shared);
  const open = (
    channel: string | RealtimeChannel,
    params?: Readonly<Record<string, string>>,
    options?: AttachOptions,
  ): ChannelHandle => {
    const [template, check] = typeof channel === "string" ? [channel] : [channel.name, checkPayload(channel)];
    return openChannel(encodeName(template, params), { ...options, check }, shared);
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
    channel: Object.assign(open, {
      raw: (name: string, options: AttachOptions = {}) => openChannel(encodeRaw(name), options, shared),
    }) as RealtimeClient["channel"],
    connect,
    disconnect() {
      isOff = true;
      surroundings?.abort();
      surroundings = undefined;
      connection.dispatch({ type: "disconnect" });
      outbox.refuse(refusal("TRANSPORT_LOST"));
    },
    refresh: connection.refresh,
    watch: (change) => watchers.add({ change }),
    on: (name, listener) => watchers.add({ [name]: listener }),
  };
}

/** Why the client has stopped. A close code alone has no sentence. */
function reasonOf(error: WireError | undefined): RealtimeRefusal {
  return error ? new RealtimeRefusal(error) : refusal("CONNECT_REFUSED");
}
