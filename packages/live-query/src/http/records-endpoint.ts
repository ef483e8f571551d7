import { randomUUID } from "node:crypto";
import { RealtimeError, type IRealtimeAuthenticator } from "@repo/core-realtime";
import {
  consoleReport,
  createOriginPolicy,
  requestHandshake,
  RequestRate,
  type RequestRateOptions,
  type AllowedOrigins,
  type FetchEndpoint,
} from "@repo/core-realtime/server";
import type { LiveQueries } from "../live-queries.js";
import { mutationSchema, type Mutation, type RecordChange } from "../mutations/record-change.js";
import type { AnyQuery } from "../query/query-node.js";
import { querySchema } from "../query/query-schema.js";
import { corsHeaders, preflight } from "./cors.js";
import { readJson } from "./json-body.js";
import { failed, reply } from "./json-response.js";
import { HttpRefusal } from "./http-refusal.js";

/** What is served over HTTP, and to whom. */
export interface RecordsEndpointOptions {
  /** The live queries of the node. */
  readonly live: Pick<LiveQueries, "fetch" | "find" | "mutate">;
  /** As in `createRealtime`: a cookie or a bearer token identifies the user. */
  readonly authenticator: IRealtimeAuthenticator;
  /** Where the endpoint is; default `"/data"`. */
  readonly path?: string;
  /** Pages of which origins may use it; default: those of the same origin. */
  readonly origins?: AllowedOrigins;
  /** How many requests a user may send; default: 20 a second, and 40 at once. Ten times as many for an address, before they are authenticated. */
  readonly rate?: RequestRateOptions["rate"];
  /** Networks of your proxies, as in `createRealtime`: their addresses are not limited. */
  readonly proxies?: RequestRateOptions["proxies"];
  /** What a client receives as INTERNAL_ERROR. Default: the console. */
  readonly onError?: (cause: unknown) => void;
}

/**
 * One-time queries and changes of rows over HTTP, with the same rights as over a connection.
 *
 *     POST   /data/query             a query                          → { rows, key }
 *     GET    /data/annotations       ?query={"limit":10}              → { rows, key }
 *     GET    /data/annotations/7                                      → { rows: [row] }, 404 where there is none
 *     POST   /data/annotations       a row, or several                → 201 { rows }
 *     PATCH  /data/annotations/7     columns; If-Match: "<version>"   → { rows: [row] }
 *     DELETE /data/annotations/7     If-Match: "<version>"            → { rows: [null] }
 *     POST   /data/mutate            { id, changes }                  → { rows }
 *
 * `Idempotency-Key`: a request that is sent again with it is made once.
 */
export function createRecordsEndpoint(options: RecordsEndpointOptions): FetchEndpoint {
  const { live, authenticator, path = "/data", onError = consoleReport("records endpoint") } = options;
  const isAllowed = createOriginPolicy(options.origins ?? "same-origin");
  const rate = new RequestRate(options);
  const run = async (request: Request): Promise<Response> => {
    const handshake = requestHandshake(request);
    if (!isAllowed(handshake)) throw new RealtimeError("ORIGIN_REFUSED");
    if (request.method === "OPTIONS") return preflight();
    const target = targetOf(request, path);
    const user = await rate.authenticate(authenticator, handshake);
    const call = await callOf(request, target);
    if (call.kind === "query") return reply(200, await live.fetch(call.query, user));
    if (call.kind === "row") {
      const row = await live.find(call.table, call.id, user);
      if (!row) throw new HttpRefusal(404, "There is no such row.");
      return reply(200, { rows: [row] });
    }
    const { rows } = await live.mutate(call.mutation, user);
    return reply(call.status, { rows });
  };
  return async (request) => {
    const cors = corsHeaders(request, isAllowed(requestHandshake(request)));
    const response = await run(request).catch((cause: unknown) => failed(cause, onError));
    for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
    return response;
  };
}

/** The operation of a request. */
type Call =
  | { readonly kind: "query"; readonly query: AnyQuery }
  | { readonly kind: "row"; readonly table: string; readonly id: string }
  | { readonly kind: "mutation"; readonly mutation: Mutation; readonly status: 200 | 201 };

interface Target {
  /** A table, `"query"` or `"mutate"`. */
  readonly name: string;
  readonly id: string | undefined;
  readonly url: URL;
}

function targetOf({ url: text }: Request, path: string): Target {
  const url = new URL(text);
  const base = path.endsWith("/") ? path : `${path}/`;
  if (!url.pathname.startsWith(base)) throw new HttpRefusal(404, "There is nothing here.");
  const [name = "", id, more] = url.pathname.slice(base.length).split("/");
  if (name === "" || more !== undefined) throw new HttpRefusal(404, "There is nothing here.");
  try {
    return { name: decodeURIComponent(name), id: id === undefined ? undefined : decodeURIComponent(id), url };
  } catch {
    throw new HttpRefusal(400, "The path is not encoded as UTF-8.");
  }
}

async function callOf(request: Request, { name, id, url }: Target): Promise<Call> {
  const { method } = request;
  if (method === "GET") return id === undefined ? queryCall(name, url) : { kind: "row", table: name, id };
  if (method === "POST" && id === undefined) {
    const body = await readJson(request);
    if (name === "query") return { kind: "query", query: parsed(querySchema, body) };
    if (name === "mutate") return { kind: "mutation", mutation: parsed(mutationSchema, body), status: 200 };
    const rows = Array.isArray(body) ? body : [body];
    return changeCall(
      request,
      rows.map((row) => ({ op: "create", table: name, row }) as RecordChange),
      201,
    );
  }
  if (id !== undefined && method === "PATCH") {
    const set = await readJson(request);
    return changeCall(request, [{ op: "update", table: name, id, set, ...expectation(request) } as RecordChange], 200);
  }
  if (id !== undefined && method === "DELETE")
    return changeCall(request, [{ op: "delete", table: name, id, ...expectation(request) }], 200);
  throw new HttpRefusal(405, `${method} is not possible here.`);
}

function queryCall(table: string, url: URL): Call {
  const text = url.searchParams.get("query") ?? "{}";
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, "The parameter query must be JSON.");
  }
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new HttpRefusal(400, "The parameter query must be an object.");
  return { kind: "query", query: parsed(querySchema, { ...given, table }) };
}

/** The row's version, as an entity tag (RFC 9110 § 13.1.1). */
function expectation({ headers }: Request): { readonly expect?: { readonly version: string } } {
  const match = headers.get("if-match");
  if (match === null || match === "*") return {};
  return { expect: { version: match.replace(/^"(.*)"$/, "$1") } };
}

function changeCall({ headers }: Request, changes: readonly RecordChange[], status: 200 | 201): Call {
  const id = headers.get("idempotency-key") ?? randomUUID();
  return { kind: "mutation", mutation: parsed(mutationSchema, { id, changes }), status };
}

interface Parser<T> {
  safeParse(
    value: unknown,
  ):
    { success: true; data: T } | { success: false; error: { message: string; issues: readonly { message: string }[] } };
}

function parsed<T>(schema: Parser<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RealtimeError("PAYLOAD_INVALID", { detail: result.error.issues.map(({ message }) => message).join("; ") });
}
