import { RealtimeError, type IRealtimeAuthenticator, type RealtimeHandshake } from "@repo/core-realtime";
import {
  createOriginPolicy,
  refusalHeaders,
  requestHandshake,
  type RequestRate,
  type AllowedOrigins,
  type FetchEndpoint,
} from "@repo/core-realtime/server";
import type { PageTable } from "../page/page-table.js";
import { OpenPage, type OpenPageDeps } from "../run/open-page.js";
import { mountedView } from "../run/mounted-view.js";
import type { Visitor } from "../run/visitor.js";
import { newInstance } from "../state/page-state.js";
import { actOnPage, NO_PAGE, refusalOf, statusOf, visitOf, type PageRequest } from "./act-on-page.js";
import { INSTANCE, isSecure, type PageDocuments } from "./page-documents.js";
import type { VisitorCookie } from "./visitor-cookie.js";

/** The dependencies of the endpoint. */
export interface PageEndpointDeps extends OpenPageDeps {
  readonly pages: PageTable;
  readonly documents: PageDocuments;
  readonly authenticator: IRealtimeAuthenticator;
  readonly origins: AllowedOrigins;
  readonly rate: RequestRate;
  /** Undefined: all anonymous visitors are one. */
  readonly cookie: VisitorCookie | undefined;
  readonly visitorOf: (handshake: RealtimeHandshake) => Visitor;
  readonly onError: (cause: unknown) => void;
}

/** Serves pages: GET renders one, POST runs an action. */
export function createPageEndpoint(deps: PageEndpointDeps): FetchEndpoint {
  const { pages, authenticator, documents, onError } = deps;
  const isAllowed = createOriginPolicy(deps.origins);

  async function serve(request: Request): Promise<Response> {
    const found = pages.match(new URL(request.url).pathname);
    if (!found) return documents.refused(404, NO_PAGE);
    const { method } = request;
    if (method !== "GET" && method !== "HEAD" && method !== "POST")
      return documents.refused(405, `${method} is not possible here.`, { allow: "GET, HEAD, POST" });
    const handshake = requestHandshake(request);
    if (method === "POST" && !isAllowed(handshake)) throw new RealtimeError("ORIGIN_REFUSED");
    const user = await deps.rate.authenticate(authenticator, handshake);
    const pageRequest = { request, ...found, user, visitor: deps.visitorOf(handshake) };
    if (method === "POST") return actOnPage(deps, pageRequest);
    if (method === "HEAD") return head(pageRequest);
    const reply = await open(pageRequest);
    const cookie = user ? undefined : deps.cookie?.headerFor(handshake, isSecure(request));
    if (cookie !== undefined) reply.headers.append("set-cookie", cookie);
    return reply;
  }

  async function open(pageRequest: PageRequest): Promise<Response> {
    const { page, raw, request } = pageRequest;
    const kept = documents.keptToken(request);
    const visit = visitOf(pageRequest);
    const restored =
      kept === undefined ? undefined : await OpenPage.restore(deps, page, { token: kept, raw, ...visit });
    const isOwn = restored?.instance === new URL(request.url).searchParams.get(INSTANCE); // another tab may have set the cookie
    const shown = (isOwn ? restored : undefined) ?? (await OpenPage.mount(deps, page, { raw, ...visit }));
    return shown ? documents.page(shown) : documents.refused(404, NO_PAGE);
  }

  /** As a GET, without a new page that would be kept. */
  async function head(pageRequest: PageRequest): Promise<Response> {
    const { page, raw } = pageRequest;
    const mounting = { ...visitOf(pageRequest), raw, instance: newInstance(), reads: deps.reads };
    const view = await mountedView(page, mounting);
    return view ? documents.head() : documents.refused(404, NO_PAGE);
  }

  return async (request) => {
    try {
      return await serve(request);
    } catch (cause) {
      const error = refusalOf({ cause, signal: request.signal }, onError);
      return documents.refused(statusOf(error), error.message, refusalHeaders(error));
    }
  };
}
