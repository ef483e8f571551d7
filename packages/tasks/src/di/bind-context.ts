import type { IEventBus } from "@repo/core-events";
import type { ILogger, ITracer } from "@repo/core-observability";
import type { IRealtimeBroadcaster, IRealtimeHandlerRegistry } from "@repo/core-realtime";
import type { ITaskRepository } from "../repository/task-repository.js";

/** What an app hands to a feature: all of it, or it does not compile. */
export interface BindContext {
  readonly registry: IRealtimeHandlerRegistry;
  readonly realtime: IRealtimeBroadcaster;
  readonly bus: IEventBus;
  readonly tracer: ITracer;
  readonly logger: ILogger;
  /** Where the board is kept. */
  readonly tasks: ITaskRepository;
}
