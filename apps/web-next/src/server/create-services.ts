import { InMemoryEventBus } from "@repo/core-events/server";
import { createOtelTracer } from "@repo/core-observability/otel";
import { createPinoLogger } from "@repo/core-observability/pino";
import type { AppDeps, AppRealtime } from "./app-deps";
import type { Environment } from "./environment";
import { InMemoryRevokedSessions } from "./revoked-sessions";
import { Sessions } from "./sessions";

/** What the running server brings beside its realtime node: sessions, the event bus, traces and logs. */
export function createServices(environment: Environment): Omit<AppDeps, keyof AppRealtime> {
  const logger = createPinoLogger({ name: "web-next", level: environment.production ? "info" : "warn" });
  return {
    environment,
    sessions: new Sessions({ secret: environment.sessionSecret, revoked: new InMemoryRevokedSessions() }),
    bus: new InMemoryEventBus({
      onError: ({ occurrence, cause }) => logger.error({ err: cause, event: occurrence.name }, "event listener failed"),
    }),
    tracer: createOtelTracer({ name: "web-next" }),
    logger,
  };
}
