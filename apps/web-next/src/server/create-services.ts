import { InMemoryEventBus } from "@repo/core-events/server";
import { createOtelTracer } from "@repo/core-observability/otel";
import { createPinoLogger } from "@repo/core-observability/pino";
import { InMemoryHistory } from "@repo/core-realtime/server";
import type { ITaskRepository } from "@repo/tasks";
import type { AppDeps, AppRealtime } from "./app-deps";
import type { Environment } from "./environment";
import { DemoTokens } from "./pair/demo-tokens";
import type { IRevokedSessions } from "./revoked-sessions";
import { Sessions } from "./sessions";

/** What the app has of the database beside the board. */
type SqlParts = "orders" | "webhooks" | "hubs" | "autoRefresh" | "annotations";

/** What the running server brings beside its realtime node; `history` is for the node too. */
export type Services = Omit<AppDeps, keyof AppRealtime | SqlParts>;

/** What the services keep in the database. */
export interface Stores {
  readonly tasks: ITaskRepository;
  readonly revoked: IRevokedSessions;
}

/** Makes sessions, the event bus, history, traces and logs, beside the board. */
export function createServices(environment: Environment, { tasks, revoked }: Stores): Services {
  const logger = createPinoLogger({ name: "web-next", level: environment.production ? "info" : "warn" });
  return {
    environment,
    sessions: new Sessions({ secret: environment.sessionSecret, revoked }),
    demoTokens: new DemoTokens({ secret: environment.sessionSecret, isOn: environment.demoSignIn }),
    bus: new InMemoryEventBus({
      onError: ({ occurrence, cause }) => logger.error({ err: cause, event: occurrence.name }, "event listener failed"),
    }),
    tracer: createOtelTracer({ name: "web-next" }),
    logger,
    history: new InMemoryHistory(),
    tasks,
  };
}
