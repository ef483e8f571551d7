import type { IRealtimeObserver, RealtimeObservation } from "../../seams/observer.seam.js";
import type { LogDeps } from "./failure-log.js";
import type { InstanceWatch } from "./instance-watch.js";
import { channelLine, openingLine } from "./channel-line.js";
import { failureLine, originLine, type LogLine } from "./log-line.js";

const MAX_PLACES = 50; // of each kind: clients choose names, and what is remembered must not grow

/** The dependencies of the development log. */
export interface DevelopmentLogDeps extends Omit<LogDeps, "clock"> {
  /** Undefined where a broker connects several instances. */
  readonly instance: InstanceWatch | undefined;
}

/**
 * The log outside production: every mistake once per kind and place, with what repairs it. Of each kind 50 places at most are written
 * and remembered.
 */
export class DevelopmentLog implements IRealtimeObserver {
  readonly kinds = ["failed", "refused", "connected", "subscribed", "broadcast"] as const;
  readonly #deps: DevelopmentLogDeps;
  readonly #written = new Map<LogLine["kind"], Set<string>>();

  constructor(deps: DevelopmentLogDeps) {
    this.#deps = deps;
  }

  observe(observation: RealtimeObservation): void {
    const line = this.#lineOf(observation);
    if (!line) return;
    const places = this.#written.get(line.kind) ?? new Set();
    this.#written.set(line.kind, places);
    if (places.size >= MAX_PLACES || places.has(line.place)) return;
    places.add(line.place);
    const last = places.size === MAX_PLACES ? ` (More of this kind are not written until the process restarts.)` : "";
    this.#deps.write({ ...line, sentence: `${line.sentence}${last}` });
  }

  #lineOf(observation: RealtimeObservation): LogLine | undefined {
    const { channels, instance } = this.#deps;
    switch (observation.kind) {
      case "failed":
        return failureLine(observation, channels);
      case "refused":
        return originLine(observation) ?? channelLine(observation, channels);
      case "connected":
        instance?.connected();
        return undefined;
      case "subscribed":
        return openingLine(observation, channels);
      case "broadcast":
        return instance?.published(observation.envelope.channel, channels);
      default:
        return undefined;
    }
  }
}
