import { closeOnSignal, createRealtime, HealthEndpoint, systemClock } from "@repo/core-realtime/server";
import { startHeartbeat } from "@repo/ping";
import { ChangeFeed } from "@repo/realtime-postgres";
import { SqlTaskRepository } from "@repo/tasks/server";
import { EmbedAuthenticator } from "./src/server/annotations/embed-authenticator";
import { embedGuard } from "./src/server/annotations/embed.guard";
import { EmbedTokens } from "./src/server/annotations/embed-tokens";
import { openAnnotations } from "./src/server/annotations/open-annotations";
import { announcement } from "./src/server/announcement";
import { expectApp } from "./src/server/app-expected";
import { bindAll } from "./src/server/bind-all";
import { createBoardPresence } from "./src/server/board-presence";
import { CookieAuthenticator } from "./src/server/cookie-authenticator";
import { createServices } from "./src/server/create-services";
import { carryOldBoard } from "./src/server/database/carry-old-board";
import { openAppDatabase } from "./src/server/database/open-app-database";
import { SqlRevokedSessions } from "./src/server/database/sql-revoked-sessions";
import { readEnvironment } from "./src/server/environment";
import { createHttpServer } from "./src/server/http-server";
import { listen } from "./src/server/listen";
import { LogObserver } from "./src/server/log-observer";
import { prepareNextPages } from "./src/server/next-pages";
import { DemoAuthenticator } from "./src/server/pair/demo-authenticator";
import { openHubs } from "./src/server/hub/open-hubs";
import { createSqlRealtime } from "./src/server/orders/sql-realtime";
import { startUp } from "./src/server/start-up";
import { shareApp } from "./src/server/the-app";
import { serveTransports } from "./src/server/transports";

await startUp(async () => {
  const environment = readEnvironment(process.env);
  expectApp();
  const [client, pages] = await Promise.all([openAppDatabase(environment.sqlData), prepareNextPages(environment)]);
  const revoked = await SqlRevokedSessions.open(client);
  const services = createServices(environment, { tasks: new SqlTaskRepository(client), revoked });
  const { logger, sessions, demoTokens } = services;
  await carryOldBoard({ client, folder: environment.oldBoardFolder, logger });
  const secret = environment.sessionSecret;
  const embeds = new EmbedTokens(secret);
  const withCookie = new EmbedAuthenticator(embeds, new CookieAuthenticator(sessions));
  const authenticator = new DemoAuthenticator(demoTokens, withCookie);
  const { observer, guard, limits, bind } = createBoardPresence(logger, client);
  const observers = [new LogObserver(logger), observer];
  const onError = (cause: unknown) => logger.error({ err: cause }, "the database failed");
  const health = new HealthEndpoint({
    checks: { database: () => client.query("select 1") },
    onError: (_, cause) => onError(cause),
  });
  const feed = new ChangeFeed({ client, onError });
  const { origins } = environment;
  const annotations = openAnnotations({ client, feed, authenticator: withCookie, embeds, origins, onError });
  const guards = [guard, embedGuard, annotations.live.guard];
  const sql = await createSqlRealtime({ client, history: services.history, guards, observers, onError });
  const { orders, webhooks } = sql;
  const { registry, history } = sql.node;
  const node = createRealtime({ authenticator, origins, limits, ...sql.node });
  const { broadcaster: realtime, expel } = node;
  const { hubs, autoRefresh, close: closeHubs } = await openHubs({ client, feed, registry, secret, onError });
  annotations.live.bind(registry);
  await annotations.start();
  const database = { orders, webhooks, hubs, autoRefresh, annotations };
  shareApp(bindAll({ ...services, ...database, history, registry, realtime, expel }));
  const leave = bind(node);
  const routes = await serveTransports(node, environment);
  const httpServer = createHttpServer({ environment, health, routes, pages });
  const stopHeartbeat = startHeartbeat({ realtime, clock: systemClock, logger });
  closeOnSignal(httpServer, [
    () => health.drain(environment.drainNoticeMs),
    stopHeartbeat,
    leave,
    () => node.close(),
    closeHubs,
    () => annotations.live.close(),
    () => feed.close(),
    sql.close,
    pages.close,
  ]);
  const port = await listen(httpServer, environment);
  await webhooks.start(`http://127.0.0.1:${port}${environment.basePath}/api/order-webhook`);
  health.ready();
  console.log(announcement(environment, port));
});
