import { createRealtime, systemClock } from "@repo/core-realtime/server";
import { startHeartbeat } from "@repo/ping";
import { announcement } from "./src/server/announcement";
import { bindAll } from "./src/server/bind-all";
import { createBoardPresence } from "./src/server/board-presence";
import { CookieAuthenticator } from "./src/server/cookie-authenticator";
import { createServices } from "./src/server/create-services";
import { readEnvironment } from "./src/server/environment";
import { createHttpServer } from "./src/server/http-server";
import { listen } from "./src/server/listen";
import { LogObserver } from "./src/server/log-observer";
import { prepareNextPages } from "./src/server/next-pages";
import { openHubs } from "./src/server/hub/open-hubs";
import { openSqlDatabase } from "./src/server/orders/open-database";
import { createSqlRealtime } from "./src/server/orders/sql-realtime";
import { closeOnSignal } from "./src/server/shut-down";
import { startUp } from "./src/server/start-up";
import { shareApp } from "./src/server/the-app";
import { serveTransports } from "./src/server/transports";

await startUp(async () => {
  const environment = readEnvironment(process.env);
  const services = await createServices(environment);
  const { logger, sessions } = services;
  const authenticator = new CookieAuthenticator(sessions);
  const { observer, guard, limits, bind } = createBoardPresence(logger);
  const observers = [new LogObserver(logger), observer];
  const onError = (cause: unknown) => logger.error({ err: cause }, "the database failed");
  const client = await openSqlDatabase(environment.sqlData);
  const sql = await createSqlRealtime({ client, history: services.history, guards: [guard], observers, onError });
  const { orders, webhooks } = sql;
  const { registry, history } = sql.node;
  const node = createRealtime({ authenticator, origins: environment.origins, limits, ...sql.node });
  const { broadcaster: realtime, expel } = node;
  const secret = environment.sessionSecret;
  const { hubs, autoRefresh, close: closeHubs } = await openHubs({ client, registry, secret, onError });
  shareApp(bindAll({ ...services, history, registry, realtime, expel, orders, webhooks, hubs, autoRefresh }));
  const leave = bind(node);
  const routes = await serveTransports(node);
  const pages = await prepareNextPages(environment);
  const httpServer = createHttpServer({ environment, routes, pages });
  const stopHeartbeat = startHeartbeat({ realtime, clock: systemClock, logger });
  closeOnSignal(httpServer, [
    stopHeartbeat,
    leave,
    () => node.close(),
    closeHubs,
    sql.close,
    services.close,
    pages.close,
  ]);
  const port = await listen(httpServer, environment);
  await webhooks.start(`http://127.0.0.1:${port}/api/order-webhook`);
  console.log(announcement(environment, port));
});
