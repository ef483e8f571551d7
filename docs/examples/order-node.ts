import { createServer } from "node:http";
import type { IRealtimeAuthenticator } from "fourgate";
import { createRealtime } from "fourgate/server";
import { createPostgresRealtime, type SqlClient } from "fourgate/postgres";
import { WsRealtimeServer } from "fourgate/ws";

/** For the five minutes alone: the token is the user's id. In your app, verify the session. */
const authenticator: IRealtimeAuthenticator = {
  authenticate: ({ token }) => (token === undefined ? null : { userId: token, roles: [] }),
};

/** One node: what is published in the database, over WebSockets. */
export async function startNode(client: SqlClient, port: number) {
  const postgres = createPostgresRealtime({ client });
  const realtime = createRealtime({ authenticator, ...postgres });
  const httpServer = createServer();
  await realtime.serve(new WsRealtimeServer({ httpServer })); // ws://…/realtime
  httpServer.listen(port);
  return {
    httpServer,
    async close() {
      await realtime.close();
      await postgres.close();
      httpServer.close();
    },
  };
}
