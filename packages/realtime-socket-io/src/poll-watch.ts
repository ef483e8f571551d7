import type { IncomingMessage, ServerResponse } from "node:http";
import type { RealtimeErrorCode } from "@repo/core-realtime";
import type { EngineSocket } from "./guarded-engine.js";

const LAST_ANSWER_MS = 2_000; // what a client that reads needs for the answer that was under way when its session ended
const TOO_LARGE = 413;

/** What engine.io does not look after in polling: answers that nobody reads, and a session whose request was too large. */
export class PollWatch {
  readonly #answers = new WeakMap<EngineSocket, ServerResponse>();
  readonly #cut: (session: EngineSocket, code: RealtimeErrorCode) => void;

  constructor(cut: (session: EngineSocket, code: RealtimeErrorCode) => void) {
    this.#cut = cut;
  }

  /** Called for every request of a session, before engine.io sees it. */
  follow(session: EngineSocket, request: IncomingMessage, response: ServerResponse): void {
    if (request.method === "GET") this.#followPoll(session, response);
    else response.once("finish", () => this.#refuseLarge(session, request, response));
  }

  /** A client that has read an answer asks again; one that asks again without having read it would make us hold both. */
  #followPoll(session: EngineSocket, response: ServerResponse): void {
    const last = this.#answers.get(session);
    if (last?.writableEnded && !last.writableFinished) return this.#cut(session, "SLOW_CONSUMER");
    if (!last) session.once("close", () => this.#letGo(session));
    this.#answers.set(session, response);
  }

  #refuseLarge(session: EngineSocket, request: IncomingMessage, { statusCode }: ServerResponse): void {
    if (statusCode !== TOO_LARGE) return;
    request.destroy(); // the rest of it is not read
    this.#cut(session, "FRAME_TOO_LARGE");
  }

  #letGo(session: EngineSocket): void {
    const last = this.#answers.get(session);
    if (!last || last.writableFinished) return;
    setTimeout(() => last.destroy(), LAST_ANSWER_MS).unref(); // does nothing to one that has been read meanwhile
  }
}
