import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { RealtimeError, type IRealtimeGateway, type RealtimeErrorCode } from "@repo/core-realtime";
import type { EngineSocket, GuardedEngine } from "./guarded-engine.js";
import { handshakeOf } from "./handshake-of.js";
import type { PollWatch } from "./poll-watch.js";

/** What is refused to each request of a session that is in; the rest is asked of newcomers only. */
const REFUSED_EVEN_INSIDE: ReadonlySet<RealtimeErrorCode> = new Set(["ORIGIN_REFUSED", "HANDSHAKE_INVALID"]);

/** What the door works with. */
export interface DoorDeps {
  readonly engine: GuardedEngine;
  readonly gateway: IRealtimeGateway;
  readonly pollWatch: PollWatch;
}

/** Asks every single request, of polling and of WebSocket, before engine.io sees it. */
export class Door {
  readonly #deps: DoorDeps;
  #refusesNew = false;

  constructor(deps: DoorDeps) {
    this.#deps = deps;
  }

  refuseNew(): void {
    this.#refusesNew = true;
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const { engine, pollWatch } = this.#deps;
    const session = engine.sessionOf(request);
    const refusal = this.#refusalOf(request, session);
    if (refusal) return refuseRequest(response, refusal);
    allowOrigin(request, response);
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    if (session) pollWatch.follow(session, request, response);
    engine.handleRequest(request, response);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { engine } = this.#deps;
    const refusal = this.#refusalOf(request, engine.sessionOf(request));
    if (refusal) refuseUpgrade(socket, refusal);
    else engine.handleUpgrade(request, socket, head);
  }

  #refusalOf(request: IncomingMessage, session: EngineSocket | undefined): RealtimeError | undefined {
    const refusal = this.#deps.gateway.admit(handshakeOf(request));
    if (session) return refusal && REFUSED_EVEN_INSIDE.has(refusal.code) ? refusal : undefined;
    return this.#refusesNew ? new RealtimeError("DRAINING") : refusal;
  }
}

/** Answers a request with 403 and the refusal. */
export function refuseRequest(response: ServerResponse, refusal: RealtimeError): void {
  response.writeHead(403, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(refusal.toWire()));
}

/** Answers an upgrade with 403 and the refusal. */
export function refuseUpgrade(socket: Duplex, refusal: RealtimeError): void {
  const body = JSON.stringify(refusal.toWire());
  socket.on("error", () => socket.destroy()); // the peer may have gone; nobody else listens
  socket.end(
    "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: application/json\r\n" +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** A page of another origin that gate 1 lets in may read the answer; no other origin is ever named. */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  const { origin, host } = headers;
  if (origin === undefined || origin === `https://${host}` || origin === `http://${host}`) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("access-control-allow-methods", "GET, POST");
  response.setHeader("access-control-allow-headers", "authorization, content-type");
  response.setHeader("vary", "origin");
}
