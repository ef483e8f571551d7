import { createServer } from "node:http";
import type { IRealtimeAuthenticator } from "fourgate";
import { createRealtime, serveNode } from "fourgate/server";
import { createLiveQueries, createRecordsEndpoint, defineLiveTable } from "fourgate/live-query";
import type { SqlClient } from "fourgate/postgres";
import { WsRealtimeServer } from "fourgate/ws";

/** For the first try alone: the token is the user's id. In your app, verify the session. */
const authenticator: IRealtimeAuthenticator = {
  authenticate: ({ token }) => (token === undefined ? null : { userId: token, roles: [] }),
};

const annotations = defineLiveTable("annotations", {
  columns: ["id", "widget_id", "actor_id", "body", "created_at"],
  writable: ["id", "widget_id", "body"],
  version: "version",
});

/** One node: live queries over WebSockets, and the same rows over HTTP below /data. */
export async function startNode(client: SqlClient, port: number) {
  const live = createLiveQueries({ client, tables: [annotations] });
  const realtime = createRealtime({ authenticator, guards: [live.guard] });
  live.bind(realtime.registry);
  await live.start();
  const httpServer = createServer(serveNode(createRecordsEndpoint({ live, authenticator })));
  await realtime.serve(new WsRealtimeServer({ httpServer })); // ws://…/realtime
  httpServer.listen(port);
  return {
    httpServer,
    async close() {
      await realtime.close();
      await live.close();
      httpServer.close();
    },
  };
}
