import type { IRealtimeTransport, LinkEvents, TransportLink, TransportRequest } from "./realtime-transport.js";
import { openTabLink } from "./shared-tabs/open-tab-link.js";
import { createTabBus } from "./shared-tabs/tab-bus.js";
import { TabHub } from "./shared-tabs/tab-hub.js";
import type { TabBus } from "./shared-tabs/tab-message.js";

/** How tabs find each other. */
export interface SharedTabsOptions {
  /** Tabs of one name share a connection, and so an identity: put the user's id in where two people may be signed in at once. */
  readonly name?: string;
  readonly locks?: Pick<LockManager, "request"> | undefined;
  readonly BroadcastChannel?: typeof BroadcastChannel | undefined;
}

/**
 * One connection for all tabs of a browser: one tab leads and speaks to the server, the others through it. When it dies, the next
 * one leads, and each tab recovers from its own positions. Without Web Locks each tab has its own connection.
 * @example createRealtimeClient({ url: "/realtime", transports: [sharedTabs(ws())] });
 */
export function sharedTabs(
  transport: IRealtimeTransport,
  {
    name = "fourgate",
    locks = globalThis.navigator?.locks,
    BroadcastChannel: Channel = globalThis.BroadcastChannel,
  }: SharedTabsOptions = {},
): IRealtimeTransport {
  if (!locks || !Channel) return transport;
  const manager = locks;
  const tab = `${name} ${Math.random().toString(36)}`;
  let bus: TabBus | undefined;
  let count = 0;
  return {
    get name() {
      return transport.name;
    },
    open(request, events) {
      if (!bus) {
        bus = createTabBus(new Channel(name));
        lead(bus);
      }
      return openOver(bus, request, events);
    },
  };

  function openOver(bus: TabBus, request: TransportRequest, events: LinkEvents): TransportLink {
    let own: TransportLink | undefined;
    const link = openTabLink(request, events, {
      bus,
      locks: manager,
      link: `${tab} ${(count += 1)}`,
      onNoLock: () => (own = transport.open(request, events)),
    });
    return { send: (frame) => (own ?? link).send(frame), close: () => (own ?? link).close() };
  }

  /** Waits for its turn to lead, and then leads for as long as the page lives. */
  function lead(bus: TabBus): void {
    const onTurn = () => {
      const hub = new TabHub(transport, bus);
      bus.listen((message) => {
        if (message.kind === "say") hub.say(message.link, message.frame);
        else if (message.kind === "bye") hub.bye(message.link);
        else if (message.kind === "open" && hub.open(message))
          void manager.request(message.link, () => hub.bye(message.link)); // the lock of a tab that died
      });
      bus.say({ kind: "leads" });
      return new Promise<never>(() => undefined);
    };
    manager.request(`${name} leader`, onTurn).catch(() => undefined); // no lock at all: then our links get none either, and say so
  }
}
