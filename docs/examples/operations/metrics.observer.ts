// metrics.observer.ts
import type { IRealtimeObserver, RealtimeObservation } from "fourgate";

/** What is needed of a metrics library: prom-client and OpenTelemetry both fit with a line each. */
export interface Counters {
  add(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
}

/** Counts what the gates decide. Labels are codes and gates, never channels or users: they would be too many. */
export class MetricsObserver implements IRealtimeObserver {
  readonly kinds = ["connected", "disconnected", "decided", "delivered", "gap", "isolated", "failed"] as const;
  readonly #counters: Counters;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  observe(observation: RealtimeObservation): void {
    switch (observation.kind) {
      case "connected":
        return this.#counters.add("connections_opened", 1, { transport: observation.connection.transport });
      case "disconnected":
        return this.#counters.add("connections_closed", 1, { transport: observation.connection.transport });
      case "decided":
        return this.#counters.add("decisions", 1, { gate: observation.gate, code: observation.refusal ?? "passed" });
      case "delivered":
        return this.#counters.add("deliveries", observation.audience);
      case "gap":
        return this.#counters.add("gaps", 1, { outcome: observation.outcome });
      case "isolated":
        return this.#counters.add("isolations", 1);
      case "failed":
        return this.#counters.add("failures", 1, { where: observation.where });
    }
  }
}
