import { withCapture, withSpan } from "@repo/core-observability";
import { sendNotification } from "@repo/notifications";
import { bindRealtimeBridge } from "@repo/realtime-bridge";
import { loadBoard } from "@repo/tasks";
import type { AppDeps } from "./app-deps";
import { bridgeAllowlist } from "./bridge-allowlist";
import { demoPerson } from "./demo-people";
import { features } from "./features";
import { inMemoryDeps } from "./in-memory-deps";
import { createOwnPageCheck } from "./own-page";

/** The app, wired: what its pages, route handlers and server actions may call. */
export interface BoundApp extends AppDeps {
  readonly sendNotification: ReturnType<typeof sendNotification>;
  readonly isOwnPage: (headers: Headers) => boolean;
  /** The board's cards, and where their channel stood before they were read. */
  readonly loadBoard: ReturnType<typeof loadBoard>;
  readonly unbind: () => void;
}

/**
 * Wires every feature, once per process. Give it everything, as server.ts does, or nothing for an app in memory, as pages and tests do.
 * In production nothing is an error: see `resolveRealtime`.
 */
export function bindAll(deps: AppDeps = inMemoryDeps(process.env)): BoundApp {
  checkWhole(deps);
  const unbind = bindFeatures(deps);
  return {
    ...deps,
    sendNotification: bindSendNotification(deps),
    isOwnPage: createOwnPageCheck(deps.environment.origins),
    loadBoard: loadBoard(deps),
    unbind,
  };
}

function bindFeatures(deps: AppDeps): () => void {
  const mode = deps.environment.production ? "production" : "development";
  const undo: (() => void)[] = [];
  const unbind = () => undo.splice(0).forEach((undoOne) => undoOne());
  try {
    for (const feature of features) undo.push(feature[mode](deps));
    undo.push(bindRealtimeBridge(deps.bus, deps.realtime, bridgeAllowlist));
  } catch (error) {
    unbind(); // all or nothing: what was bound before the failure must not serve alone
    throw error;
  }
  return unbind;
}

function bindSendNotification({ bus, tracer, logger }: AppDeps): BoundApp["sendNotification"] {
  const send = sendNotification({
    bus,
    isUser: (userId) => demoPerson(userId) !== undefined,
    newId: () => crypto.randomUUID(),
  });
  return withSpan(
    tracer,
    { op: "use-case", name: "notifications.send" },
    withCapture(logger, { layer: "use-case" }, send),
  );
}

const NEEDED = [
  "environment",
  "registry",
  "realtime",
  "expel",
  "sessions",
  "demoTokens",
  "bus",
  "tracer",
  "logger",
  "history",
  "tasks",
  "orders",
  "webhooks",
  "hubs",
  "autoRefresh",
  "annotations",
] as const satisfies readonly (keyof AppDeps)[];

/** The compiler holds this already; what slips past it gets a sentence instead of a half-wired app. */
function checkWhole(deps: Partial<AppDeps>): void {
  const missing = NEEDED.filter((name) => deps[name] === undefined);
  if (missing.length > 0)
    throw new TypeError(
      `bindAll takes all of its dependencies or none; add ${missing.join(", ")}, or leave the argument out.`,
    );
}
