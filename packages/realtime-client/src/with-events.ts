import type { RealtimeChannel } from "@repo/core-realtime";
import type { ConnectionState } from "./connection/connection-state.js";
import { connectionNews } from "./events/connection-events.js";
import type { EventClient, EventSurface, ReservedEvents } from "./events/event-client.js";
import { EventListeners } from "./events/event-listeners.js";
import { JoinedChannels } from "./events/joined-channels.js";
import type { RealtimeClient } from "./realtime-client.js";
import { refusal, RealtimeRefusal } from "./realtime-refusal.js";
import { reportCause } from "./report-error.js";

export { eventMessage } from "./events/event-message.js";
export type {
  EventClient,
  EventError,
  EventMessage,
  EventSurface,
  MessageMeta,
  ReservedEvents,
  SubscribeResponse,
} from "./events/event-client.js";

/** The options of this surface. */
export interface EventOptions {
  /** What a listener throws or rejects with. Default: `reportError`, or the console. */
  readonly onError?: ((cause: unknown) => void) | undefined;
}

const RESERVED: ReadonlySet<string> = new Set<keyof ReservedEvents>([
  "connect",
  "connect_error",
  "disconnect",
  "error",
]);

/**
 * Gives a client the event-style surface, beside its own.
 * @example
 * const realtime = withEvents(createRealtimeClient({ url: "/realtime" }));
 * await realtime.connect();
 * const { ok } = await realtime.subscribe("order:123");
 * realtime.on("UPDATE_order", ({ status, meta }) => show(status, meta.timestamp));
 */
export function withEvents<Channels extends RealtimeChannel>(
  client: RealtimeClient<Channels>,
  { onError = reportCause }: EventOptions = {},
): EventClient<Channels> {
  const { connect, disconnect } = client;
  const listeners = new EventListeners(onError);
  // here any name is taken; the types of the app's list are for the other client
  const channels = new JoinedChannels(client as unknown as RealtimeClient, {
    onMessage: (event, message) => RESERVED.has(event) || listeners.emit(event, message), // no channel's event appears as one of the connection
    onError: (error) => listeners.emit("error", error),
  });
  let before = client.state;
  client.watch(() => {
    const news = connectionNews(before, client.state);
    before = client.state;
    if (news) listeners.emit(...news);
  });

  const surface: EventSurface = {
    connect: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          const { status } = client.state;
          if (status === "connecting") return;
          stop();
          if (status === "connected") resolve();
          else reject(refusalOf(client.state));
        };
        const stop = client.watch(look);
        connect();
        if (client.state.status === "connected") look();
      }),
    disconnect() {
      channels.leaveAll();
      disconnect();
    },
    subscribe: (channel) => channels.join(channel),
    unsubscribe: (channel) => channels.leave(channel),
    async publish(channel, event, payload) {
      const handle = channels.find(channel);
      if (!handle) throw refusal("NOT_SUBSCRIBED");
      return handle.publish(event, payload);
    },
    on: (event: string, listener: (payload: never) => void) => listeners.on(event, listener),
    off: (event, listener) => listeners.off(event, listener),
    get isConnected() {
      return client.state.status === "connected";
    },
    get connectionState() {
      const { status } = client.state;
      return status === "connected"
        ? status
        : status === "idle" || status === "stopped"
          ? "disconnected"
          : "connecting";
    },
    get socketId() {
      return client.state.status === "connected" ? client.state.connectionId : undefined;
    },
    getSubscribedChannels: () => channels.names,
  };
  return Object.defineProperties(client, Object.getOwnPropertyDescriptors(surface)) as unknown as EventClient<Channels>; // one object, two surfaces
}

function refusalOf(state: ConnectionState): RealtimeRefusal {
  const error = "error" in state ? state.error : undefined;
  return error ? new RealtimeRefusal(error) : refusal("TRANSPORT_LOST", "later");
}
