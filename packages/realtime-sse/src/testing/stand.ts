import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { RealtimeError, type IRealtimeAuthenticator, type RealtimeUser } from "@repo/core-realtime";
import { createRealtime, type Realtime, type RealtimeOptions } from "@repo/core-realtime/server";
import { FakeClock, RecordingObserver } from "@repo/core-testing";
import { onTestFinished } from "vitest";
import { SseRealtimeServer, type SseRealtimeServerOptions } from "../sse-realtime-server.js";
import { cursors, lobby, log, state } from "./channels.js";
import { FetchHost } from "./fetch-host.js";
import { TestStream } from "./test-stream.js";

/** By which door requests come. */
export type Face = "node" | "fetch";
export const faces: readonly Face[] = ["node", "fetch"];

export interface StandOptions extends Omit<RealtimeOptions, "authenticator" | "clock" | "observers"> {
  readonly face?: Face;
  readonly sse?: SseRealtimeServerOptions;
}

/** A node behind this transport, with its clock in the test's hands. The cookie `session=<user>`, or a token, says who one is. */
export class Stand {
  readonly clock = new FakeClock();
  readonly observer = new RecordingObserver();
  readonly users = new Map(["mia", "sam"].map((userId) => [userId, { userId, roles: [] } satisfies RealtimeUser]));
  readonly realtime: Realtime;
  readonly transport: SseRealtimeServer;
  url = "";
  asked = 0;
  /** What gate 1 was shown of headers, oldest first. */
  readonly headers: unknown[] = [];

  private constructor({ sse, ...options }: StandOptions, host: FetchHost) {
    const { clock, observer } = this;
    const authenticator: IRealtimeAuthenticator = {
      authenticate: ({ token, headers }) => {
        this.asked += 1;
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

  /** Opens a stand that closes when the test ends. */
  static async open({ face = "node", ...options }: StandOptions = {}): Promise<Stand> {
    const host = new FetchHost();
    const stand = new Stand(options, host);
    const { transport } = stand;
    const byNode = createServer((request, response) =>
      transport.isOwn(request) ? transport.handleRequest(request, response) : response.writeHead(404).end(),
    );
    const server = face === "node" ? byNode : createServer(host.serving(transport.fetch));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    stand.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realtime`;
    await stand.realtime.serve(transport);
    onTestFinished(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    });
    return stand;
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

  /** Says something to a log, as the server. */
  async say(logId: string, ...payloads: readonly unknown[]): Promise<void> {
    for (const payload of payloads) await this.realtime.broadcaster.broadcast(log.at({ logId }), payload);
  }
}
