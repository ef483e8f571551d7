import { createRealtimeClient, type ChannelStatus } from "@repo/realtime-client";
import { ws } from "@repo/realtime-client/ws";
import { WebSocket } from "ws";
import type { Delivered, Received } from "./ledger";
import { CHANNELS, torture } from "./torture.channel";

/** The library's client on every channel, over a WebSocket. */
export class TortureClient implements Received {
  readonly channels = new Map<string, Delivered[]>();
  gaps = 0;
  readonly #handles: { readonly status: ChannelStatus }[] = [];
  readonly #client: ReturnType<typeof createRealtimeClient>;

  constructor(port: number) {
    this.#client = createRealtimeClient({
      url: `http://127.0.0.1:${port}/realtime`,
      transports: [ws({ WebSocket: WebSocket as never })],
      onError: () => undefined, // nodes are killed: that no connection can be made is no news
    });
  }

  /** It receives every channel, with what it had missed. */
  get isSubscribed(): boolean {
    return this.status === "connected" && this.#handles.every(({ status }) => status === "subscribed");
  }

  /** Of the connection. */
  get status(): string {
    return this.#client.state.status;
  }

  /** Resolves when it is subscribed to everything. */
  async subscribe(): Promise<void> {
    await Promise.all(Array.from({ length: CHANNELS }, (_, id) => this.#subscribe(String(id))));
  }

  close(): void {
    this.#client.disconnect();
  }

  #subscribe(id: string): Promise<void> {
    const received: Delivered[] = [];
    this.channels.set(id, received);
    const handle = this.#client.channel(torture, { id });
    this.#handles.push(handle);
    return new Promise((resolve) => {
      handle.subscribe({
        message: ({ payload }) => void received.push(payload),
        gap: () => void (this.gaps += 1),
        change: ({ status }) => status === "subscribed" && resolve(),
      });
    });
  }
}
