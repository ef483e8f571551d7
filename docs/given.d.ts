// What every example may take for granted: an app's own parts, which its page need not show.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { IEventBus } from "@repo/core-events";
import type { ILogger, ITracer } from "@repo/core-observability";
import type {
  IRealtimeAuthenticator,
  IRealtimeBroadcaster,
  IRealtimeHandlerRegistry,
  RealtimeUser,
} from "@repo/core-realtime";

declare global {
  const authenticator: IRealtimeAuthenticator;
  const registry: IRealtimeHandlerRegistry;
  const realtime: IRealtimeBroadcaster;
  const bus: IEventBus;
  const tracer: ITracer;
  const logger: ILogger;
  const currentUser: () => Promise<RealtimeUser | null>;
  const isUser: (userId: string) => boolean;
  const next: (request: IncomingMessage, response: ServerResponse) => void;
}
