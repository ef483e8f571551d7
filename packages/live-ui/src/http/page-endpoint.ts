import { RealtimeError, type IRealtimeAuthenticator } from "@repo/core-realtime";
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
import { actOnPage, NO_PAGE, refusalOf, statusOf, visitOf, type PageRequest } from "./act-on-page.js";
import { INSTANCE, type PageDocuments } from "./page-documents.js";

/** What the endpoint works with. */
export interface PageEndpointDeps extends OpenPageDeps {
  readonly pages: PageTable;
  readonly documents: PageDocuments;
  readonly authenticator: IRealtimeAuthenticator;
  readonly origins: AllowedOrigins;
  readonly rate: RequestRate;
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
    const pageRequest = { request, ...found, user };
    return method === "POST" ? actOnPage(deps, pageRequest) : open(pageRequest);
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

  return async (request) => {
    try {
      return await serve(request);
    } catch (cause) {
      const error = refusalOf({ cause, signal: request.signal }, onError);
      return documents.refused(statusOf(error), error.message, refusalHeaders(error));
    }
  };
}
