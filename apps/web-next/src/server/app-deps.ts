import type { IEventBus } from "@repo/core-events";
import type { ILogger, ITracer } from "@repo/core-observability";
import type { IRealtimeBroadcaster, IRealtimeHandlerRegistry, IRealtimeHistory } from "@repo/core-realtime";
import type { Realtime } from "@repo/core-realtime/server";
import type { AnnotationAccess } from "./annotations/annotation-access";
import type { Environment } from "./environment";
import type { FeatureContext } from "./features";
import type { AutoRefresh } from "@repo/live-query";
import type { IHubDesk } from "./hub/hub-desk";
import type { IOrderDesk, IWebhookDesk } from "./orders/order-desk";
import type { DemoTokens } from "./pair/demo-tokens";
import type { Sessions } from "./sessions";

/** The three things that the app asks of a realtime node. */
export interface AppRealtime {
  readonly registry: IRealtimeHandlerRegistry;
  readonly realtime: IRealtimeBroadcaster;
  readonly expel: Realtime["expel"];
}

/** All that the app is wired from, with what its features declare in their `BindContext`: whole or absent, never a part of it. */
export interface AppDeps extends AppRealtime, FeatureContext {
  readonly environment: Environment;
  readonly sessions: Sessions;
  readonly demoTokens: DemoTokens;
  readonly bus: IEventBus;
  readonly tracer: ITracer;
  readonly logger: ILogger;
  /** What was published, as the realtime node keeps it: a page that is rendered here states the position of its data. */
  readonly history: IRealtimeHistory;
  /** The orders, and what is sent of them. */
  readonly orders: IOrderDesk;
  readonly webhooks: IWebhookDesk;
  readonly hubs: IHubDesk;
  /** Wraps what renders a page that refreshes. */
  readonly autoRefresh: AutoRefresh["autoRefresh"];
  readonly annotations: AnnotationAccess;
}
