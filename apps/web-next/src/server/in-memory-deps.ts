import { InMemoryEventBus } from "@repo/core-events/server";
import { noopLogger, noopTracer } from "@repo/core-observability";
import { InMemoryHistory } from "@repo/core-realtime/server";
import { InMemoryTaskRepository } from "@repo/tasks";
import { noAnnotations } from "./annotations/annotation-access";
import type { AppDeps } from "./app-deps";
import { readEnvironment } from "./environment";
import { noHubDesk } from "./hub/hub-desk";
import { noAutoRefresh } from "./hub/no-auto-refresh";
import { noOrderDesk, noWebhookDesk } from "./orders/no-order-desk";
import { DemoTokens } from "./pair/demo-tokens";
import { resolveRealtime } from "./resolve-realtime";
import { InMemoryRevokedSessions } from "./revoked-sessions";
import { Sessions } from "./sessions";

/** An app without sockets or logs, for a page that renders outside server.ts and for tests. Refused in production. */
export function inMemoryDeps(variables: Readonly<Record<string, string | undefined>>): AppDeps {
  const environment = readEnvironment(variables);
  return {
    ...resolveRealtime(environment),
    environment,
    sessions: new Sessions({ secret: environment.sessionSecret, revoked: new InMemoryRevokedSessions() }),
    demoTokens: new DemoTokens({ secret: environment.sessionSecret, isOn: environment.demoSignIn }),
    bus: new InMemoryEventBus({ onError: ({ cause }) => console.error(cause) }),
    tracer: noopTracer,
    logger: noopLogger,
    history: new InMemoryHistory(),
    tasks: new InMemoryTaskRepository(),
    orders: noOrderDesk,
    webhooks: noWebhookDesk,
    hubs: noHubDesk,
    autoRefresh: noAutoRefresh,
    annotations: noAnnotations,
  };
}
