import { InMemoryEventBus } from "@repo/core-events/server";
import { createOtelTracer } from "@repo/core-observability/otel";
import { createPinoLogger } from "@repo/core-observability/pino";
import { InMemoryHistory } from "@repo/core-realtime/server";
import { InMemoryTaskRepository } from "@repo/tasks";
import { openBoard, type OpenBoard } from "@repo/tasks/server";
import type { AppDeps, AppRealtime } from "./app-deps";
import type { BoardData, Environment } from "./environment";
import { DemoTokens } from "./pair/demo-tokens";
import { InMemoryRevokedSessions } from "./revoked-sessions";
import { Sessions } from "./sessions";

/** What the app has of the database. */
type SqlParts = "orders" | "webhooks" | "hubs" | "autoRefresh" | "annotations";

/** What the running server brings beside its realtime node; `history` is for the node too. */
export interface Services extends Omit<AppDeps, keyof AppRealtime | SqlParts> {
  /** Lets go of the board; to be called when nobody can change it any more. */
  readonly close: () => Promise<void>;
}

/** Opens the board, and makes sessions, the event bus, history, traces and logs. */
export async function createServices(environment: Environment): Promise<Services> {
  const logger = createPinoLogger({ name: "web-next", level: environment.production ? "info" : "warn" });
  const { tasks, close } = await boardOf(environment.boardData);
  return {
    environment,
    sessions: new Sessions({ secret: environment.sessionSecret, revoked: new InMemoryRevokedSessions() }),
    demoTokens: new DemoTokens({ secret: environment.sessionSecret, isOn: environment.demoSignIn }),
    bus: new InMemoryEventBus({
      onError: ({ occurrence, cause }) => logger.error({ err: cause, event: occurrence.name }, "event listener failed"),
    }),
    tracer: createOtelTracer({ name: "web-next" }),
    logger,
    history: new InMemoryHistory(),
    tasks,
    close,
  };
}

async function boardOf(data: BoardData): Promise<OpenBoard> {
  if (data.kind === "folder") return openBoard({ folder: data.folder });
  return { tasks: new InMemoryTaskRepository(), close: () => Promise.resolve() };
}
