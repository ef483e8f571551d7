import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { RealtimeError, type IRealtimeGateway, type RealtimeErrorCode } from "@repo/core-realtime";
import type { GuardedEngine } from "./guarded-engine.js";
import { handshakeOf } from "./handshake-of.js";

/** What is refused to each request of a session that is in; the rest is asked of newcomers only. */
const REFUSED_EVEN_INSIDE: ReadonlySet<RealtimeErrorCode> = new Set(["ORIGIN_REFUSED", "HANDSHAKE_INVALID"]);

/** Asks every single request, of polling and of WebSocket, before engine.io sees it. */
export class Door {
  readonly #engine: GuardedEngine;
  readonly #gateway: IRealtimeGateway;
  #refusesNew = false;

  constructor(engine: GuardedEngine, gateway: IRealtimeGateway) {
    this.#engine = engine;
    this.#gateway = gateway;
  }

  refuseNew(): void {
    this.#refusesNew = true;
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.#refusalOf(request);
    if (refusal) return refuseRequest(response, refusal);
    allowOrigin(request, response);
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    this.#engine.handleRequest(request, response);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.#refusalOf(request);
    if (refusal) refuseUpgrade(socket, refusal);
    else this.#engine.handleUpgrade(request, socket, head);
  }

  #refusalOf(request: IncomingMessage): RealtimeError | undefined {
    const refusal = this.#gateway.admit(handshakeOf(request));
    if (this.#engine.sessionOf(request)) return refusal && REFUSED_EVEN_INSIDE.has(refusal.code) ? refusal : undefined;
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
