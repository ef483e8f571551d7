import type { IncomingMessage, ServerResponse } from "node:http";
import {
  RealtimeError,
  type Clock,
  type IRealtimeConnection,
  type IRealtimeGateway,
  type IRealtimeServer,
  type OutboundMessage,
} from "@repo/core-realtime";
import { FlushScheduler, messageFrame, SpreadInterval, systemClock } from "@repo/core-realtime/server";
import type { IdentityCookies } from "./credentials.js";
import { encodeEvent, joinEvents } from "./encoded-events.js";
import { fetchRequest, fetchResponse } from "./fetch-face.js";
import { nodeResponse, nodeRequest } from "./node-face.js";
import { markAt } from "./positions.js";
import { refusal } from "./short-response.js";
import { paceOf } from "./silence.js";
import type { SseConnection } from "./sse-connection.js";
import { replyToRequest, type EndpointDeps } from "./sse-endpoint.js";
import type { SseResponse, SseRequest } from "./sse-request.js";

/** How a transport of Server-Sent Events is set up. */
export interface SseRealtimeServerOptions {
  /** Where clients connect, for `isOwn`; default `"/realtime"`. */
  readonly path?: string;
  /** Cookies that a POST must share with its GET. Default `"authenticator"`: where any differ, the authenticator decides. */
  readonly identityCookies?: IdentityCookies;
  /** The peer's address, where a fetch handler's host has it; a Request does not. */
  readonly remoteAddressOf?: (request: Request) => string | undefined;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

/**
 * Server-Sent Events there, POST back.
 * @example
 * const transport = new SseRealtimeServer();
 * await realtime.serve(transport);
 * createServer((request, response) => {
 *   if (transport.isOwn(request)) transport.handleRequest(request, response);
 *   else next(request, response);
 * });
 */
export class SseRealtimeServer implements IRealtimeServer {
  readonly transport = "sse";
  readonly #path: string;
  readonly #identityCookies: IdentityCookies;
  readonly #remoteAddressOf: (request: Request) => string | undefined;
  readonly #clock: Clock;
  readonly #connections = new Map<string, SseConnection>();
  #endpoint: EndpointDeps | undefined;
  #refusesNew = false;
  #looks: SpreadInterval<SseConnection> | undefined;
  #onEmpty: () => void = () => undefined;

  constructor(options: SseRealtimeServerOptions = {}) {
    const { path = "/realtime", identityCookies = "authenticator", remoteAddressOf = () => undefined } = options;
    if (!path.startsWith("/")) throw new TypeError(`path: "${path}" must begin with a slash, like "/realtime".`);
    this.#path = path;
    this.#identityCookies = identityCookies;
    this.#remoteAddressOf = remoteAddressOf;
    this.#clock = options.clock ?? systemClock;
  }

  serve(gateway: IRealtimeGateway): void {
    const pace = paceOf(gateway.limits);
    const visit = (connections: readonly SseConnection[]) => connections.forEach((connection) => connection.look());
    const looks = new SpreadInterval<SseConnection>({ clock: this.#clock, everyMs: pace.lookMs, visit });
    let opened = 0;
    looks.start();
    this.#looks = looks;
    this.#endpoint = {
      gateway,
      scheduler: new FlushScheduler(),
      join: joinEvents,
      maxBufferedBytes: gateway.limits.maxBufferedBytes,
      clock: this.#clock,
      pace,
      looksAhead: () => opened++,
      connections: this.#connections,
      identityCookies: this.#identityCookies,
      refusesNew: () => this.#refusesNew,
      opened: (connection) => {
        connection.place = looks.add(connection);
        this.#connections.set(connection.id, connection);
      },
      ended: (connection) => this.#forget(connection),
    };
  }

  /** Is this request for us? By its path; an absolute URI is not for us. */
  isOwn({ url = "" }: IncomingMessage): boolean {
    return url === this.#path || url.startsWith(`${this.#path}?`);
  }

  /** Takes a request of Node's HTTP server over. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    this.#respond(nodeRequest(request, this.#clock))
      .then((reply) => nodeResponse(response, reply))
      .catch(() => response.destroy()); // other code has replied to it already: its stream is of no use
  }

  /** Responds to a fetch Request: a route handler's `GET`, `POST` and `OPTIONS`, without a server of its own. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const shown = fetchRequest(request, this.#remoteAddressOf(request), this.#clock);
    return fetchResponse(request, await this.#respond(shown));
  };

  deliver(message: OutboundMessage, to: ReadonlySet<IRealtimeConnection>): void {
    const { channel, position, text } = message;
    const mark = position && markAt({ channel, since: position }, false);
    const frame = messageFrame(encodeEvent(text, { mark }), message);
    for (const connection of to) (connection as SseConnection).deliver(frame); // the core groups them by transport
  }

  refuseNew(): void {
    this.#refusesNew = true;
  }

  async close(): Promise<void> {
    this.refuseNew();
    this.#looks?.stop();
    for (const connection of this.#connections.values()) connection.close(new RealtimeError("DRAINING"));
    if (this.#connections.size > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
  }

  async #respond(request: SseRequest): Promise<SseResponse> {
    return this.#endpoint ? replyToRequest(request, this.#endpoint) : refusal(503, new RealtimeError("DRAINING"), {});
  }

  #forget(connection: SseConnection): void {
    this.#connections.delete(connection.id);
    this.#looks?.delete(connection, connection.place);
    if (this.#connections.size === 0) this.#onEmpty();
  }
}
