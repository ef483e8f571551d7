import type { PageConnection } from "./page/page-connection.js";
import type { ActionMessage, WireReply } from "./wire.js";

/** What is needed of a client of `@repo/realtime-client`. */
export interface PageClient {
  /** Gives a channel by its name, without a description. */
  readonly channel: {
    raw(name: string, options: { readonly ask: () => { readonly token: string } }): PageChannel;
  };
}

interface PageChannel {
  subscribe(listener: {
    readonly opening: (opening: unknown) => void;
    readonly message: (message: { readonly payload: unknown }) => void;
    readonly change: (state: { readonly status: string }) => void;
  }): () => void;
  publish(event: "message", message: ActionMessage): Promise<unknown>;
}

/**
 * The connection of a realtime client, for all live pages of the tab.
 * @example startLive({ connect: async () => realtimeConnection(createRealtimeClient({ url: "/realtime" })) });
 */
export function realtimeConnection(client: PageClient): PageConnection {
  return {
    join(channel, page) {
      const handle = client.channel.raw(channel, { ask: () => ({ token: page.token() }) });
      let isSubscribed = false;
      let undo = (): void => undefined;
      const subscribe = () => {
        undo = handle.subscribe({
          opening: (opening) => page.onOpening((opening as { readonly v: WireReply }).v), // the wire
          message: ({ payload }) => page.onPatch(payload as WireReply), // the wire
          change({ status }) {
            const was = isSubscribed;
            isSubscribed = status === "subscribed";
            if ((was && !isSubscribed) || status === "refused") page.onLost(status === "refused");
          },
        });
      };
      const timer = setTimeout(subscribe); // in the next turn: what is left and joined in one turn would stay as it is, with its old token
      return {
        send: (message) => handle.publish("message", message),
        leave() {
          clearTimeout(timer);
          undo();
        },
      };
    },
  };
}
