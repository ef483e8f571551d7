import type { RealtimeErrorCode } from "@repo/core-realtime";
import type { InspectedFrame } from "./inspected-frame.js";

/** What a gate of the server has decided, as far as its frames show it. */
export interface GateOutcome {
  /** When the reply arrived, in milliseconds since 1970. */
  readonly at: number;
  /** Which gate of the server. */
  readonly gate: "connect" | "subscribe" | "message";
  /** The concrete name, where there is one. */
  readonly channel?: string | undefined;
  /** The event of a message, where it has one. */
  readonly event?: string | undefined;
  /** Undefined where it was passed. */
  readonly refusal?: RealtimeErrorCode | undefined;
  /** The error's sentence, with its detail. */
  readonly message?: string | undefined;
  /** From the request to the reply, where this client has sent one. */
  readonly ms?: number | undefined;
}

const MAX_PENDING = 500; // requests without a reply that are remembered

interface Request {
  readonly at: number;
  readonly gate: "subscribe" | "message";
  readonly channel: string;
  readonly event?: string | undefined;
}

/** Matches replies with requests; fed with every frame in order. */
export class GateOutcomes {
  readonly #requests = new Map<string, Request>();

  /** The outcome that this frame brings, if any. */
  read({ at, direction, frame }: InspectedFrame): GateOutcome | undefined {
    switch (frame.type) {
      case "subscribe":
      case "message":
        if (direction === "out" && "id" in frame && frame.id !== undefined)
          this.#note(frame.id, {
            gate: frame.type,
            at,
            channel: frame.channel,
            ...("event" in frame && { event: frame.event }),
          });
        return undefined;
      case "connected":
        return { at, gate: "connect" };
      case "close":
        return { at, gate: "connect", refusal: frame.error.code, message: frame.error.message };
      case "left":
        return {
          at,
          gate: "subscribe",
          channel: frame.channel,
          refusal: frame.error.code,
          message: frame.error.message,
        };
      case "reply": {
        const request = frame.id === undefined ? undefined : this.#requests.get(frame.id);
        if (!request) return undefined;
        this.#requests.delete(frame.id ?? "");
        const { at: sentAt, ...about } = request;
        const refused = frame.ok ? {} : { refusal: frame.error.code, message: frame.error.message };
        return { ...about, ...refused, at, ms: at - sentAt };
      }
      default:
        return undefined;
    }
  }

  #note(id: string, request: Request): void {
    if (this.#requests.size >= MAX_PENDING) this.#requests.clear();
    this.#requests.set(id, request);
  }
}
