import type { PresenceChannel } from "./define-presence-channel.js";
import type { PresenceKeeper } from "./presence-keeper.js";
import type { PresencePage } from "./presence-member.js";
import type { PresenceHost } from "./presence-options.js";
import { withOwn } from "./presence-seat.js";
import type { IPresenceStore } from "./presence-store.js";

/** What the presence channel's opening and handler work with. */
export interface RegisterPresenceDeps {
  readonly keeper: PresenceKeeper;
  readonly store: IPresenceStore;
  readonly host: PresenceHost;
  readonly pageBytes: number;
}

/** Registers the opening and the handler of a presence channel; returns the undo. */
export function registerPresence(channel: PresenceChannel, deps: RegisterPresenceDeps): () => void {
  const { keeper, store, host, pageBytes } = deps;

  return host.registry.register(channel, {
    opening({ params, connectionId, send }) {
      const seat = keeper.seatOf(connectionId, channel.of.at(params));
      if (seat) seat.send = (list) => send("presence:sync", list);
      return pageFor(connectionId, params);
    },
    handler(message) {
      const { params, connectionId } = message;
      switch (message.event) {
        case "presence:heartbeat":
          return keeper.update(channel.of.at(params), connectionId, message.payload.meta);
        case "presence:list":
          return pageFor(connectionId, params, message.payload.after);
        default:
          return message satisfies never;
      }
    },
  });

  /** A piece of the list. The last one contains the connection itself, also before its join is published. */
  async function pageFor(connectionId: string, params: Params, after?: string): Promise<PresencePage> {
    const of = channel.of.at(params);
    const page = await store.list(of.name, { after, maxBytes: pageBytes });
    const seat = keeper.seatOf(connectionId, of);
    return seat ? withOwn(page, seat) : page;
  }
}

type Params = Readonly<Record<string, string>>;
