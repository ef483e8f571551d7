import type { Clock, IRealtimeBroker, IRealtimeGuard, IRealtimeHandlerRegistry } from "@repo/core-realtime";
import {
  consoleReport,
  LayeredHandlerRegistry,
  RealtimeHandlerRegistry,
  systemClock,
} from "@repo/core-realtime/server";
import { ChannelWatch } from "./channels/channel-watch.js";
import type { SqlClient } from "./client/sql-client.js";
import type { IdentityOptions } from "./permissions/client-identity.js";
import { onSqlMessage } from "./permissions/on-sql-message.handler.js";
import { PolicyGate } from "./permissions/policy-gate.js";
import { PermissionWatch } from "./permissions/permission-watch.js";
import { PolicyGuard } from "./permissions/policy.guard.js";
import { UndecidedSubscriptions } from "./permissions/undecided-subscriptions.js";

/** Which database declares the channels, and how users appear to its policies. */
export interface SqlChannelsOptions extends IdentityOptions {
  /** The database; the app opens and closes it. */
  readonly client: SqlClient;
  /** The channels that are declared in code; they win over patterns. Default: a registry without any yet. */
  readonly registry?: IRealtimeHandlerRegistry;
  /** What failed in the background, such as a poll while the database was away. Default: the console. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
  /**
   * Milliseconds between two checks of all open subscriptions, beside those that changes of data trigger. Default 30 s. A subscription
   * that the database cannot check, because it is away, ends as many milliseconds later.
   */
  readonly recheckMs?: number;
}

/** Channels and permissions in SQL, for one node. */
export interface SqlChannels {
  /** Knows the channels that are rows, beside those that code registers. */
  readonly registry: IRealtimeHandlerRegistry;
  /** Gate 2, by the SELECT policies. */
  readonly guard: IRealtimeGuard;
  /** The node's broker, through which revocations reach the node's own subscriptions: pass what this returns to `createRealtime`. */
  follow(broker: IRealtimeBroker): IRealtimeBroker;
  /** Resolves when the channels of realtime.channels can be subscribed to. Where it rejects, nothing runs, and it may be called again. */
  start(): Promise<void>;
  /** Ends its listening to the database. */
  close(): Promise<void>;
}

/** Makes the rows of realtime.channels channels of a node, under row-level security. */
export function createSqlChannels(options: SqlChannelsOptions): SqlChannels {
  const { client, clock = systemClock, onError = logged, recheckMs = RECHECK_MS } = options;
  const registry = new LayeredHandlerRegistry(options.registry ?? new RealtimeHandlerRegistry());
  const gate = new PolicyGate(client, options);
  const channels = new ChannelWatch({ client, registry, clock, onError, handler: onSqlMessage(gate) });
  const undecided = new UndecidedSubscriptions({ clock, graceMs: recheckMs });
  const permissions = new PermissionWatch({ client, registry, clock, onError, recheckMs, undecided });
  const close = async () => {
    await Promise.all([channels.stop(), permissions.stop()]);
  };
  return {
    registry,
    guard: new PolicyGuard({ gate, clock, undecided }),
    follow: (broker) => ({
      join(nodeId, node) {
        permissions.follow(node);
        return broker.join(nodeId, node);
      },
      close: () => broker.close(),
    }),
    async start() {
      try {
        await channels.start();
        await permissions.start();
      } catch (cause) {
        await close();
        throw cause;
      }
    },
    close,
  };
}

const RECHECK_MS = 30_000;

/** Where failures in the background go by default. */
export const logged: (cause: unknown) => void = consoleReport("realtime-postgres");
