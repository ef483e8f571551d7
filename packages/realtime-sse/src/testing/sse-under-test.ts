import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TransportUnderTest } from "@repo/core-testing/contracts";
import { SseRealtimeServer } from "../sse-realtime-server.js";
import { FetchHost } from "./fetch-host.js";
import { hostileInputs } from "./hostile-bodies.js";
import { connectSse } from "./sse-link.js";

/** The face of Node's HTTP server as `transportContract` meets it. */
export function makeNodeFaceUnderTest(): TransportUnderTest {
  const transport = new SseRealtimeServer();
  const server = createServer((request, response) =>
    transport.isOwn(request) ? transport.handleRequest(request, response) : response.writeHead(404).end(),
  );
  return underTest(transport, server);
}

/** The face of route handlers, behind a host such as Next is one. */
export function makeFetchFaceUnderTest(): TransportUnderTest {
  const host = new FetchHost();
  const transport = new SseRealtimeServer({ remoteAddressOf: host.remoteAddressOf });
  return underTest(transport, createServer(host.serving(transport.fetch)));
}

function underTest(transport: SseRealtimeServer, server: Server): TransportUnderTest {
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    hostileInputs,
    async serve(realtime) {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      await realtime.serve(transport);
      return origin();
    },
    connect: (options, events) => connectSse(`${origin()}/realtime`, options, events),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
