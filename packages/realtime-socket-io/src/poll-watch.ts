import type { IncomingMessage, ServerResponse } from "node:http";
import type { RealtimeErrorCode } from "@repo/core-realtime";
import { CLOSE_GRACE_MS } from "@repo/core-realtime/server";
import type { EngineSocket } from "./guarded-engine.js";

const TOO_LARGE = 413;

/** What engine.io does not handle in polling: responses that are not read, and a session whose request was too large. */
export class PollWatch {
  readonly #responses = new WeakMap<EngineSocket, ServerResponse>();
  readonly #cut: (session: EngineSocket, code: RealtimeErrorCode) => void;

  constructor(cut: (session: EngineSocket, code: RealtimeErrorCode) => void) {
    this.#cut = cut;
  }

  /** Called for every request of a session, before engine.io sees it. */
  follow(session: EngineSocket, request: IncomingMessage, response: ServerResponse): void {
    if (request.method === "GET") this.#followPoll(session, response);
    else response.once("finish", () => this.#refuseLarge(session, request, response));
  }

  /** A client that has read a response polls again; one that polls again without having read it would make the server hold both. */
  #followPoll(session: EngineSocket, response: ServerResponse): void {
    const last = this.#responses.get(session);
    if (last?.writableEnded && !last.writableFinished) return this.#cut(session, "SLOW_CONSUMER");
    if (!last) session.once("close", () => this.#destroyLater(session));
    this.#responses.set(session, response);
  }

  #refuseLarge(session: EngineSocket, request: IncomingMessage, { statusCode }: ServerResponse): void {
    if (statusCode !== TOO_LARGE) return;
    request.destroy(); // the rest of it is not read
    this.#cut(session, "FRAME_TOO_LARGE");
  }

  #destroyLater(session: EngineSocket): void {
    const last = this.#responses.get(session);
    if (!last || last.writableFinished) return;
    setTimeout(() => last.destroy(), CLOSE_GRACE_MS).unref(); // does nothing to one that has been read meanwhile
  }
}
