import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import {
  defineRealtimeChannel,
  type IRealtimeAuthenticator,
  type IRealtimeConnection,
  type IRealtimeServer,
  type RealtimeHandshake,
} from "@repo/core-realtime";
import { createRealtime, type Realtime, type RealtimeLimits } from "@repo/core-realtime/server";
import { byToken, FakeClock, RecordingObserver } from "@repo/core-testing";
import { onTestFinished } from "vitest";
import type { ClientOptions } from "ws";
import { z } from "zod";
import { WsRealtimeServer } from "../ws-realtime-server.js";
import { RawPeer, type UpgradeOptions } from "./raw-peer.js";
import { WsTestClient } from "./ws-test-client.js";

const text = z.object({ text: z.string() });

/** A channel that every client may join. */
export const board = defineRealtimeChannel({ name: "board", scope: "public", payload: text, inbound: text });

/** The options that a test changes. */
export interface WsFixtureOptions {
  readonly limits?: Partial<RealtimeLimits>;
  readonly httpServer?: Server | HttpsServer;
  readonly isAttached?: boolean;
  readonly isObserved?: boolean;
}

/** A WebSocket transport on a real port, with its clock controlled by the test. Closes when the test ends. */
export class WsFixture {
  readonly clock = new FakeClock();
  readonly observer = new RecordingObserver();
  readonly transport: WsRealtimeServer;
  readonly httpServer: Server | HttpsServer;
  readonly realtime: Realtime;
  /** The handshakes that the core was called to admit, oldest first. */
  readonly admitted: RealtimeHandshake[] = [];
  /** The connections that the core opened, oldest first. */
  readonly connections: IRealtimeConnection[] = [];
  /** The handshakes that gate 1 received, oldest first. */
  readonly handshakes: RealtimeHandshake[] = [];
  /** The reasons of `closed`, one for each connection. */
  readonly departures: (string | undefined)[] = [];

  private constructor({ limits = {}, httpServer, isAttached = true, isObserved = true }: WsFixtureOptions) {
    const { clock, observer } = this;
    this.httpServer = httpServer ?? createServer((_request, response) => void response.writeHead(404).end());
    const users = byToken({ mia: { userId: "mia", roles: [] } });
    const authenticator: IRealtimeAuthenticator = {
      authenticate: (handshake) => {
        this.handshakes.push(handshake);
        return users.authenticate(handshake);
      },
    };
    this.realtime = createRealtime({ authenticator, limits, clock, observers: isObserved ? [observer] : [] });
    this.realtime.registry.register(board, ({ payload }) => payload);
    this.transport = new WsRealtimeServer({ clock, ...(isAttached && { httpServer: this.httpServer }) });
  }

  static async open(options: WsFixtureOptions = {}): Promise<WsFixture> {
    const fixture = new WsFixture(options);
    onTestFinished(() => fixture.#close());
    await fixture.realtime.serve(fixture.#watched());
    fixture.httpServer.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
    await once(fixture.httpServer, "listening");
    return fixture;
  }

  get port(): number {
    return (this.httpServer.address() as AddressInfo).port;
  }

  /** Requests the upgrade and does no more. */
  async upgrade(options: Omit<UpgradeOptions, "port"> = {}): Promise<RawPeer> {
    return RawPeer.upgrade({ port: this.port, ...options });
  }

  /** A well-behaved client that has received `connected`. */
  async enter(options: ClientOptions = {}): Promise<WsTestClient> {
    return WsTestClient.enter(`ws://127.0.0.1:${this.port}/realtime`, options);
  }

  /** The same, on the board. */
  async join(options: ClientOptions = {}): Promise<WsTestClient> {
    const client = await this.enter(options);
    client.send({ type: "subscribe", id: "join", channel: board.name });
    await client.frame("reply");
    return client;
  }

  async broadcast(text: string): Promise<void> {
    await this.realtime.broadcaster.broadcast(board, { text });
  }

  /** The transport, with a record of what it passes to the core. */
  #watched(): IRealtimeServer {
    const { transport, connections, departures } = this;
    return {
      transport: transport.transport,
      serve: (gateway) =>
        transport.serve({
          limits: gateway.limits,
          admit: (handshake) => (this.admitted.push(handshake), gateway.admit(handshake)),
          checkRequest: (handshake) => gateway.checkRequest(handshake),
          open: (connection, handshake) => {
            connections.push(connection);
            const conversation = gateway.open(connection, handshake);
            return {
              receive: (frame) => conversation.receive(frame),
              recognizes: (shown) => conversation.recognizes(shown),
              closed(reason) {
                departures.push(reason);
                conversation.closed(reason);
              },
            };
          },
        }),
      deliver: (envelope, overflow) => transport.deliver(envelope, overflow),
      refuseNew: () => transport.refuseNew(),
      close: () => transport.close(),
    };
  }

  async #close(): Promise<void> {
    const closed = this.realtime.close({ drainMs: 1 });
    let isClosed = false;
    void closed.then(() => (isClosed = true));
    while (!isClosed) await this.clock.advanceAsync(1_000);
    this.httpServer.closeAllConnections();
    this.httpServer.close();
  }
}
