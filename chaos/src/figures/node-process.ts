import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as passed } from "node:timers/promises";
import type { RealtimeObservation } from "@repo/core-realtime";
import { startNode } from "../node-on-all-transports";
import { counted, flood } from "./counted.channel";
import type { Ending, NodeOrder, NodeReport } from "./node-orders";

const LOOP_RESOLUTION_MS = 5;
const WEIGH_MS = 100;

/** A node that takes orders from the process that began it. */
class NodeProcess {
  readonly #delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  readonly #born = new Map<string, number>();
  #endings: Ending[] = [];
  #refusals = 0;
  #began = performance.now();
  #before = 0;
  #most = 0;
  #node: Awaited<ReturnType<typeof startNode>> | undefined;

  async obey(order: NodeOrder): Promise<NodeReport> {
    if (order.kind === "listen") await this.#listen(order.port);
    if (order.kind === "publish") for (let n = order.from; n <= order.to; n += 1) await this.#node?.publish(n);
    if (order.kind === "flood") await this.#flood(order);
    if (order.kind === "watch") this.#watch();
    return this.#report();
  }

  async #listen(port: number): Promise<void> {
    const observe = (observation: RealtimeObservation) => this.#note(observation);
    this.#node = await startNode({
      port,
      options: {
        authenticator: { authenticate: ({ token }) => (token ? { userId: token, roles: [] } : null) },
        observers: [{ observe }],
      },
    });
    const { registry, broadcaster } = this.#node.realtime;
    registry.registerChannel(flood);
    registry.register(counted, ({ payload }) => broadcaster.broadcast(counted, payload));
  }

  async #flood({ count, bytes, everyMs }: Extract<NodeOrder, { readonly kind: "flood" }>): Promise<void> {
    const weight = "x".repeat(bytes);
    this.#watch();
    const weighing = setInterval(() => this.#weigh(), WEIGH_MS);
    for (let n = 1; n <= count; n += 1) {
      await this.#node?.realtime.broadcaster.broadcast(flood, { n, at: Date.now(), weight });
      await passed(everyMs);
    }
    clearInterval(weighing);
    this.#weigh();
  }

  #watch(): void {
    this.#endings = [];
    this.#refusals = 0;
    this.#began = performance.now();
    this.#before = heldNow();
    this.#most = this.#before;
    this.#delay.reset();
    this.#delay.enable();
  }

  #weigh(): void {
    this.#most = Math.max(this.#most, heldNow());
  }

  #note(observation: RealtimeObservation): void {
    const now = performance.now();
    if (observation.kind === "refused") this.#refusals += 1;
    if (observation.kind === "connected") this.#born.set(observation.connection.connectionId, now);
    if (observation.kind !== "disconnected") return;
    const { reason, connection } = observation;
    const bornAt = this.#born.get(connection.connectionId);
    this.#born.delete(connection.connectionId);
    this.#endings.push({ reason, afterMs: now - this.#began, livedMs: bornAt && now - bornAt });
  }

  #report(): NodeReport {
    return {
      port: this.#node?.port ?? 0,
      loopP99Ms: this.#delay.percentile(99) / 1e6,
      endings: this.#endings,
      refusals: this.#refusals,
      heldBytes: this.#most - this.#before,
    };
  }
}

/** What is held in earnest: without garbage. */
function heldNow(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const node = new NodeProcess();
process.on("message", (order: NodeOrder) => {
  void node.obey(order).then((report) => process.send?.(report)); // a failure ends the process, and is seen there
});
process.on("disconnect", () => process.exit()); // never outlives its parent process
process.send?.("ready");
