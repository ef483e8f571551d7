import type { IEventBus } from "@repo/core-events";
import type { ILogger, ITracer } from "@repo/core-observability";
import type { IRealtimeBroadcaster, IRealtimeHandlerRegistry } from "@repo/core-realtime";

/** What an app passes to a feature: all of it, or it does not compile. */
export interface BindContext {
  readonly registry: IRealtimeHandlerRegistry;
  readonly realtime: IRealtimeBroadcaster;
  readonly bus: IEventBus;
  readonly tracer: ITracer;
  readonly logger: ILogger;
}
