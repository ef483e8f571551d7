import type { IRealtimeAuthenticator, RealtimeHandshake } from "@repo/core-realtime";
import { createRealtime, RealtimeHandlerRegistry, type Realtime } from "@repo/core-realtime/server";
import { SseRealtimeServer } from "@repo/realtime-sse";
import type { NextRealtimeOptions, RouteHandler } from "./create-next-realtime.js";

const INSTANCES = Symbol.for("fourgate.next-realtime"); // Next bundles this module more than once: a variable would not be shared

/** The one realtime server of a process and a name, whatever number of times its module is loaded. */
export class ProcessRealtime {
  readonly realtime: Realtime;
  readonly #registry = new RealtimeHandlerRegistry();
  readonly #sse: SseRealtimeServer;
  readonly #authenticator: CurrentAuthenticator;
  #served: Promise<void> | undefined;
  /** How often a setup has succeeded: once for each load of the module. Public, as `setUp`: another copy of this class reads it. */
  setUps = 0;

  private constructor(options: NextRealtimeOptions) {
    const { setup: _, name: __, sse, authenticator, ...rest } = options;
    this.#authenticator = new CurrentAuthenticator(authenticator);
    this.realtime = createRealtime({ ...rest, registry: this.#registry, authenticator: this.#authenticator });
    this.#sse = new SseRealtimeServer(sse);
  }

  /** The instance of this name. The first call makes it; in development a later one replaces its handlers and its authenticator. */
  static of(options: NextRealtimeOptions): ProcessRealtime {
    const instances = instancesOfProcess();
    const name = options.name ?? "default";
    const existing = instances.get(name);
    if (existing && existing.setUps > 0 && process.env["NODE_ENV"] === "production") return existing;
    const instance = existing ?? new ProcessRealtime(options);
    instances.set(name, instance); // before the setup, which may throw: the next code uses the same server
    instance.setUp(options);
    return instance;
  }

  /** The instance of this name, where one has been set up. */
  static find(name: string): ProcessRealtime | undefined {
    const instance = instancesOfProcess().get(name);
    return instance && instance.setUps > 0 ? instance : undefined;
  }

  /** Replies to a request of the route; the first one begins to serve. Where that fails, the next request tries again. */
  readonly fetch: RouteHandler = async (request) => {
    this.#served ??= this.#serve();
    await this.#served;
    return this.#sse.fetch(request);
  };

  async #serve(): Promise<void> {
    try {
      await this.realtime.serve(this.#sse);
    } catch (error) {
      this.#served = undefined;
      throw error;
    }
  }

  /** Registers what the newest code describes. */
  setUp({ setup, authenticator }: NextRealtimeOptions): void {
    this.#registry.replaceAll(() => setup(this.realtime));
    this.setUps += 1;
    this.#authenticator.current = authenticator;
  }
}

/** The authenticator of the newest code. */
class CurrentAuthenticator implements IRealtimeAuthenticator {
  constructor(public current: IRealtimeAuthenticator) {}

  authenticate(handshake: RealtimeHandshake) {
    return this.current.authenticate(handshake);
  }
}

function instancesOfProcess(): Map<string, ProcessRealtime> {
  const shared = globalThis as { [INSTANCES]?: Map<string, ProcessRealtime> };
  return (shared[INSTANCES] ??= new Map());
}
