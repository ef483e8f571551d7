import { browserClock, type ClientClock } from "./browser-clock.js";
import type { IRealtimeTransport, LinkEvents, TransportLink, TransportRequest } from "./realtime-transport.js";
import { openTabLink } from "./shared-tabs/open-tab-link.js";
import { createTabBus } from "./shared-tabs/tab-bus.js";
import { TabHub } from "./shared-tabs/tab-hub.js";
import type { TabBus } from "./shared-tabs/tab-message.js";

/** The options of `sharedTabs`. */
export interface SharedTabsOptions {
  /** Tabs of one name share a connection; default `"fourgate"`. Where a cookie identifies the user, put the user's id in here or below. */
  readonly name?: string;
  /** The identity, such as the user's id: tabs of one identity share a connection whatever their tokens. Default: tabs of one token do. */
  readonly identity?: string;
  /** The clock and its timers; default: the browser's. */
  readonly clock?: ClientClock;
  /** Elects the leader; default: `navigator.locks`. */
  readonly locks?: Pick<LockManager, "request"> | undefined;
  /** Carries frames between tabs; default: the global class. */
  readonly BroadcastChannel?: typeof BroadcastChannel | undefined;
}

/**
 * One connection for all tabs of a browser: one tab leads and holds the connection, the others use it through that tab. When it dies, the next
 * one leads, and each tab recovers from its own positions. A tab of another identity or address has its own connection, and so has
 * every tab where there are no Web Locks, where the leader stands still, or whose channels the shared connection has no room for.
 * Client messages of all tabs go at the pace that the server takes from one connection.
 * @example createRealtimeClient({ url: "/realtime", transports: [sharedTabs(ws(), { identity: userId })] });
 */
export function sharedTabs(
  transport: IRealtimeTransport,
  {
    name,
    identity,
    clock = browserClock,
    locks = globalThis.navigator?.locks,
    BroadcastChannel: Channel = globalThis.BroadcastChannel,
  }: SharedTabsOptions = {},
): IRealtimeTransport {
  if (!locks || !Channel) return transport;
  const manager = locks;
  const room = name ?? "fourgate";
  const isNamed = name !== undefined || identity !== undefined;
  const tab = `${room} ${Math.random().toString(36)}`;
  let bus: TabBus | undefined;
  let count = 0;
  let isSeparate = false; // the shared connection does not hold this tab's channels too
  let onError: LinkEvents["onError"]; // of the link that was opened last
  return {
    get name() {
      return transport.name;
    },
    open(request, events) {
      const isAnonymous = !isNamed && request.token === undefined; // two users could not be distinguished
      if (isAnonymous || isSeparate) return transport.open(request, events);
      onError = (cause) => events.onError?.(cause);
      if (!bus) {
        bus = createTabBus(new Channel(room));
        lead(bus);
      }
      return openOver(bus, request, events);
    },
  };

  function openOver(bus: TabBus, request: TransportRequest, events: LinkEvents): TransportLink {
    let own: TransportLink | undefined;
    const link = openTabLink(request, events, {
      bus,
      clock,
      locks: manager,
      link: `${tab} ${(count += 1)}`,
      identity,
      onAlone: () => (own = transport.open(request, events)),
      onSeparate: () => (isSeparate = true),
    });
    return { send: (frame) => (own ?? link).send(frame), close: () => (own ?? link).close() };
  }

  /** Waits for the leader's lock, and then leads for as long as the page lives. */
  function lead(bus: TabBus): void {
    const onLeading = () => {
      const hub = new TabHub({ transport, bus, clock, onError: (cause) => onError?.(cause) });
      bus.listen((message) => {
        if (message.kind === "send") hub.send(message.link, message.frame);
        else if (message.kind === "close") hub.close(message.link);
        else if (message.kind === "pulse") hub.pulse(message.link);
        else if (message.kind === "open" && hub.open(message))
          void manager.request(message.link, () => hub.close(message.link)); // the lock of a tab that died
      });
      bus.send({ kind: "leads" });
      return new Promise<never>(() => undefined);
    };
    manager.request(`${room} leader`, onLeading).catch(() => undefined); // no lock is granted: then the links get none either, and open their own connections
  }
}
