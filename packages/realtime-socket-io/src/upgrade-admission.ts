import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { RealtimeError, type IRealtimeGateway } from "@repo/core-realtime";
import { refusalHeaders, refusalStatus, refuseUpgrade } from "@repo/core-realtime/server";
import type { EngineSocket, GuardedEngine } from "./guarded-engine.js";
import { handshakeOf } from "./handshake-of.js";
import type { PollWatch } from "./poll-watch.js";

/** What the upgrade works with. */
export interface UpgradeAdmissionDeps {
  readonly engine: GuardedEngine;
  readonly gateway: IRealtimeGateway;
  readonly pollWatch: PollWatch;
}

/** Checks every single request, of polling and of WebSocket, before engine.io sees it. */
export class UpgradeAdmission {
  readonly #deps: UpgradeAdmissionDeps;
  #refusesNew = false;

  constructor(deps: UpgradeAdmissionDeps) {
    this.#deps = deps;
  }

  refuseNew(): void {
    this.#refusesNew = true;
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const { engine, gateway, pollWatch } = this.#deps;
    const session = engine.sessionOf(request);
    const isPreflight = request.method === "OPTIONS";
    const refusal = isPreflight ? gateway.checkRequest(handshakeOf(request)) : this.#refusalOf(request, session);
    if (refusal) return refuseRequest(response, refusal);
    allowOrigin(request, response);
    if (isPreflight) return void response.writeHead(204).end();
    if (isJsonp(request)) return refuseRequest(response, malformed("JSONP polling is not served"), 400);
    if (session) pollWatch.follow(session, request, response);
    response.setHeader("x-content-type-options", "nosniff"); // a script tag of a foreign page does not run it
    engine.handleRequest(request, response);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { engine } = this.#deps;
    if (request.httpVersion === "1.0") return refuseUpgrade(socket, 400, malformed("a WebSocket needs HTTP/1.1")); // RFC 6455 § 4.1
    const refusal = this.#refusalOf(request, engine.sessionOf(request));
    if (refusal) refuseUpgrade(socket, refusalStatus(refusal), refusal);
    else engine.handleUpgrade(request, socket, head);
  }

  /** A client that opens a connection is admitted once; of every later request the origin is checked. */
  #refusalOf(request: IncomingMessage, session: EngineSocket | undefined): RealtimeError | undefined {
    const { gateway } = this.#deps;
    const handshake = handshakeOf(request);
    if (session) return gateway.checkRequest(handshake);
    return gateway.admit(handshake) ?? (this.#refusesNew ? new RealtimeError("DRAINING") : undefined);
  }
}

/** Responds to a request with the refusal, and its status unless another is passed. Any page may read that its origin is refused, without cookies. */
export function refuseRequest(response: ServerResponse, refusal: RealtimeError, status?: 400): void {
  response.writeHead(status ?? refusalStatus(refusal), {
    ...refusalHeaders(refusal),
    ...(refusal.code === "ORIGIN_REFUSED" && { "access-control-allow-origin": "*" }),
    "content-type": "application/json",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(refusal.toWire()));
}

/** engine.io would respond with a script, which a page of any origin may load and read: it needs no Origin. */
function isJsonp({ url = "/" }: IncomingMessage): boolean {
  return new URL(url, "http://engine.io").searchParams.has("j");
}

function malformed(detail: string): RealtimeError {
  return new RealtimeError("HANDSHAKE_INVALID", { detail });
}

/** A page of another origin that gate 1 admits may read the response; no other origin is ever named. */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  const { origin, host } = headers;
  if (origin === undefined || origin === `https://${host}` || origin === `http://${host}`) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("access-control-allow-methods", "GET, POST");
  response.setHeader("access-control-allow-headers", "authorization, content-type");
  response.setHeader("vary", "origin");
}
