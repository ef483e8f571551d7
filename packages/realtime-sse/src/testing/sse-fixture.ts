import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  RealtimeError,
  type IRealtimeAuthenticator,
  type IRealtimeServer,
  type RealtimeHandshake,
  type RealtimeUser,
} from "@repo/core-realtime";
import { createRealtime, type Realtime, type RealtimeOptions } from "@repo/core-realtime/server";
import { FakeClock, RecordingObserver } from "@repo/core-testing";
import { onTestFinished } from "vitest";
import { SseRealtimeServer, type SseRealtimeServerOptions } from "../sse-realtime-server.js";
import { cursors, lobby, log, state } from "./channels.js";
import { FetchHost } from "./fetch-host.js";
import { TestStream } from "./test-stream.js";

/** Which interface takes the requests. */
export type Face = "node" | "fetch";
export const faces: readonly Face[] = ["node", "fetch"];

export interface SseFixtureOptions extends Omit<RealtimeOptions, "authenticator" | "clock" | "observers"> {
  readonly face?: Face;
  readonly sse?: SseRealtimeServerOptions;
}

/** A node behind this transport, with its clock controlled by the test. The cookie `session=<user>`, or a token, names the user. */
export class SseFixture {
  readonly clock = new FakeClock();
  readonly observer = new RecordingObserver();
  readonly users = new Map<string, RealtimeUser>(["mia", "sam"].map((userId) => [userId, { userId, roles: [] }]));
  readonly realtime: Realtime;
  readonly transport: SseRealtimeServer;
  server: Server = createServer();
  url = "";
  authentications = 0;
  /** The headers that gate 1 received, oldest first. */
  readonly headers: unknown[] = [];
  /** The handshakes that the core was called to admit, oldest first. */
  readonly admitted: RealtimeHandshake[] = [];

  private constructor({ sse, ...options }: SseFixtureOptions, host: FetchHost) {
    const { clock, observer } = this;
    const authenticator: IRealtimeAuthenticator = {
      authenticate: ({ token, headers }) => {
        this.authentications += 1;
        this.headers.push(headers);
        const name = token ?? /session=(\w+)/.exec(headers.cookie ?? "")?.[1];
        const user = name === undefined ? null : this.users.get(name);
        if (user === undefined) throw new RealtimeError("UNAUTHENTICATED");
        return user;
      },
    };
    this.realtime = createRealtime({ ...options, clock, observers: [observer], authenticator });
    for (const channel of [state, cursors]) this.realtime.registry.registerChannel(channel);
    for (const channel of [log, lobby])
      this.realtime.registry.register(channel, ({ payload }) =>
        payload === "never" ? new Promise(() => undefined) : payload,
      );
    this.transport = new SseRealtimeServer({ clock, remoteAddressOf: host.remoteAddressOf, ...sse });
  }

  /** Opens a fixture that closes when the test ends. */
  static async open({ face = "node", ...options }: SseFixtureOptions = {}): Promise<SseFixture> {
    const host = new FetchHost();
    const fixture = new SseFixture(options, host);
    const { transport } = fixture;
    const byNode = createServer((request, response) =>
      transport.isOwn(request) ? transport.handleRequest(request, response) : response.writeHead(404).end(),
    );
    const server = (fixture.server = face === "node" ? byNode : createServer(host.serving(transport.fetch)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    fixture.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realtime`;
    await fixture.realtime.serve(fixture.#watched());
    onTestFinished(async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    });
    return fixture;
  }

  /** The transport, with a record of the handshakes that the core admits or refuses. */
  #watched(): IRealtimeServer {
    const { transport, admitted } = this;
    const serve = transport.serve.bind(transport);
    transport.serve = (gateway) =>
      serve({
        limits: gateway.limits,
        admit: (handshake) => (admitted.push(handshake), gateway.admit(handshake)),
        checkRequest: (handshake) => gateway.checkRequest(handshake),
        open: (connection, handshake) => gateway.open(connection, handshake),
      });
    return transport;
  }

  /** A client opens its stream, and may have come through another port. */
  async stream(
    headers: Readonly<Record<string, string>> = { cookie: "session=mia" },
    url = this.url,
  ): Promise<TestStream> {
    const stream = await TestStream.open(url, headers);
    onTestFinished(() => stream.cut());
    return stream;
  }

  /** Publishes on a log, as the server. */
  async broadcast(logId: string, ...payloads: readonly unknown[]): Promise<void> {
    for (const payload of payloads) await this.realtime.broadcaster.broadcast(log.at({ logId }), payload);
  }
}
