import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { IRealtimeHandlerRegistry, IRealtimeHistory } from "@repo/core-realtime";
import { createRealtime, InMemoryHistory, type Realtime, type RealtimeOptions } from "@repo/core-realtime/server";
import { byToken } from "@repo/core-testing";
import { SocketIORealtimeServer } from "@repo/realtime-socket-io";
import { SseRealtimeServer } from "@repo/realtime-sse";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { back, log } from "./lab-channels.js";

export interface ServerBinding {
  readonly bind?: (registry: IRealtimeHandlerRegistry) => void;
}

/** A real server with every transport on one port, which can be killed and come back on the same port. */
export class ServerUnderTest {
  /** The notes that the handler was given, through all lives of the server. */
  readonly notes: string[] = [];
  readonly #history = survivor(new InMemoryHistory());
  readonly #options: Partial<RealtimeOptions>;
  readonly #bind: (registry: IRealtimeHandlerRegistry) => void;
  readonly #sockets = new Set<Socket>();
  #http: Server | undefined;
  #realtime: Realtime | undefined;
  #port = 0;
  /** Refuses WebSocket upgrades, as some proxies do. */
  refusesUpgrades = false;
  /** Responds to HTTP requests that are not ours, for tests of bad proxies. */
  readonly requests: string[] = [];

  /** `bind` registers further channels in each life. */
  constructor({ bind = () => undefined, ...options }: Partial<RealtimeOptions> & ServerBinding = {}) {
    this.#options = options;
    this.#bind = bind;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get realtime(): Realtime {
    if (!this.#realtime) throw new Error("The server is not up.");
    return this.#realtime;
  }

  async start(): Promise<void> {
    const realtime = createRealtime({ authenticator: byToken(PEOPLE), history: this.#history, ...this.#options });
    realtime.registry.register(log, ({ payload }) => ({ noted: this.notes.push(payload.note) }));
    realtime.registry.registerChannel(back);
    this.#bind(realtime.registry);
    const ws = new WsRealtimeServer();
    const sse = new SseRealtimeServer();
    const http = createServer((request, response) => this.#respond(sse, request, response));
    http.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    http.on("upgrade", (request, socket, head) => {
      this.requests.push(`UPGRADE ${request.url}`);
      if (!ws.isOwn(request)) return; // Socket.IO's, which listens by itself
      if (this.refusesUpgrades) socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n");
      else ws.handleUpgrade(request, socket, head);
    });
    await realtime.serve(ws);
    await realtime.serve(sse);
    await realtime.serve(new SocketIORealtimeServer({ httpServer: http }));
    await new Promise<void>((resolve) => http.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (http.address() as AddressInfo).port;
    this.#http = http;
    this.#realtime = realtime;
  }

  /** As kill -9 would: no farewell, every socket cut. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#http?.close(resolve));
    this.cut();
    await closed;
    this.#realtime = undefined;
  }

  /** Cuts every connection; the server stays. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async publish(n: number, logId = "1"): Promise<void> {
    await this.realtime.broadcaster.broadcast(log.at({ logId }), { n });
  }

  async close(): Promise<void> {
    if (!this.#realtime) return;
    await this.#realtime.close({ drainMs: 1 });
    await this.kill();
  }

  #respond(sse: SseRealtimeServer, request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${request.method} ${request.url}`);
    if (sse.isOwn(request)) sse.handleRequest(request, response);
    else if (!request.url?.startsWith("/socket.io")) response.writeHead(404).end();
  }
}

const PEOPLE = {
  mia: { userId: "mia", roles: [] },
  tom: { userId: "tom", roles: ["staff"] },
};

/** A store outlives the process that uses it. */
function survivor(history: InMemoryHistory): IRealtimeHistory {
  return {
    append: (entry) => history.append(entry),
    read: (channel, query, policy) => history.read(channel, query, policy),
    close: () => undefined,
  };
}
