import { browserClock, type ClientClock } from "./browser-clock.js";
import type { IRealtimeTransport, LinkEvents, TransportLink, TransportRequest } from "./realtime-transport.js";
import { openTabLink } from "./shared-tabs/open-tab-link.js";
import { createTabBus } from "./shared-tabs/tab-bus.js";
import { TabHub } from "./shared-tabs/tab-hub.js";
import type { TabBus } from "./shared-tabs/tab-message.js";

/** How tabs find each other. */
export interface SharedTabsOptions {
  /** Tabs of one name know of each other; default `"fourgate"`. Where a cookie says who it is, put the user's id in here or below. */
  readonly name?: string;
  /** Who it is, such as the user's id: tabs of one identity share a connection whatever their tokens. Default: tabs of one token do. */
  readonly identity?: string;
  readonly clock?: ClientClock;
  readonly locks?: Pick<LockManager, "request"> | undefined;
  readonly BroadcastChannel?: typeof BroadcastChannel | undefined;
}

/**
 * One connection for all tabs of a browser: one tab leads and speaks to the server, the others through it. When it dies, the next
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
  const isTold = name !== undefined || identity !== undefined;
  const tab = `${room} ${Math.random().toString(36)}`;
  let bus: TabBus | undefined;
  let count = 0;
  let isParted = false; // the shared connection does not hold this tab's channels too
  let onError: LinkEvents["onError"]; // of the link that was opened last
  return {
    get name() {
      return transport.name;
    },
    open(request, events) {
      const isAnybody = !isTold && request.token === undefined; // nothing tells two people apart
      if (isAnybody || isParted) return transport.open(request, events);
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
      onParted: () => (isParted = true),
    });
    return { send: (frame) => (own ?? link).send(frame), close: () => (own ?? link).close() };
  }

  /** Waits for its turn to lead, and then leads for as long as the page lives. */
  function lead(bus: TabBus): void {
    const onTurn = () => {
      const hub = new TabHub({ transport, bus, clock, onError: (cause) => onError?.(cause) });
      bus.listen((message) => {
        if (message.kind === "say") hub.say(message.link, message.frame);
        else if (message.kind === "bye") hub.bye(message.link);
        else if (message.kind === "pulse") hub.pulse(message.link);
        else if (message.kind === "open" && hub.open(message))
          void manager.request(message.link, () => hub.bye(message.link)); // the lock of a tab that died
      });
      bus.say({ kind: "leads" });
      return new Promise<never>(() => undefined);
    };
    manager.request(`${room} leader`, onTurn).catch(() => undefined); // no lock at all: then our links get none either, and say so
  }
}
