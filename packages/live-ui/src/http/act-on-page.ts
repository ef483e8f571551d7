import { RealtimeError, type RealtimeUser } from "@repo/core-realtime";
import { refusalStatus } from "@repo/core-realtime/server";
import type { LivePage } from "../page/live-page.js";
import { OpenPage, type OpenPageDeps } from "../run/open-page.js";
import type { Visitor } from "../run/visitor.js";
import { readAction, type ActionRequest } from "./action-request.js";
import { formatFailed, formatFresh, formatReply } from "./format-reply.js";
import { INSTANCE, type PageDocuments } from "./page-documents.js";
import { failedReply, freshReply, liveReply } from "./page-reply.js";

/** The page of a request, and its sender. */
export interface PageRequest {
  readonly request: Request;
  readonly page: LivePage;
  readonly raw: Readonly<Record<string, string>>;
  readonly user: RealtimeUser | null;
  readonly visitor: Visitor;
}

/** The dependencies of an action. */
export interface ActOnPageDeps extends OpenPageDeps {
  readonly documents: PageDocuments;
  readonly onError: (cause: unknown) => void;
}

export const NO_PAGE = "There is no such page.";

const STATUSES: Readonly<Record<string, number>> = {
  FRAME_TOO_LARGE: 413,
  HANDLER_FAILED: 500,
  PAYLOAD_INVALID: 400,
  RATE_LIMITED: 429,
  UNAUTHENTICATED: 401,
};

/** Runs the action of a POST, and replies in the format that the client reads. */
export async function actOnPage(deps: ActOnPageDeps, pageRequest: PageRequest): Promise<Response> {
  const action = await readAction(pageRequest.request);
  const { page, raw } = pageRequest;
  const open = await OpenPage.restore(deps, page, { token: action.token, raw, ...visitOf(pageRequest) });
  if (!open) return openAnew(deps, pageRequest, action);
  try {
    return await changed(deps, open, { ...action, request: pageRequest.request });
  } catch (cause) {
    return failed(deps, open, { action, cause, signal: pageRequest.request.signal });
  }
}

/** The token is old, or not one of this page and visitor. */
async function openAnew(
  deps: ActOnPageDeps,
  pageRequest: PageRequest,
  { format, ref }: ActionRequest,
): Promise<Response> {
  const { documents } = deps;
  const fresh = await OpenPage.mount(deps, pageRequest.page, { raw: pageRequest.raw, ...visitOf(pageRequest) });
  if (!fresh) return documents.refused(404, NO_PAGE);
  if (format === "page") return documents.page(fresh);
  const root = documents.root(fresh, format !== "live");
  return format === "live" ? freshReply(ref, root) : formatFresh(format, fresh, root);
}

async function changed(
  { documents }: ActOnPageDeps,
  open: OpenPage,
  { token, call, eventId, format, ref, request }: ActionRequest & { readonly request: Request },
): Promise<Response> {
  const wasShown = open.isShown;
  const change = call ? await open.act({ call, eventId }) : await open.refresh();
  const operations = wasShown && call ? change.operations : open.whole();
  const reply = { ref, change: { ...change, operations }, token: open.token === token ? undefined : open.token };
  if (format === "live") return liveReply(reply);
  return format === "page"
    ? documents.redirect(open, request, change)
    : formatReply(format, open, { ...reply, url: request.url });
}

/** The page stays as it is, and usable. */
function failed(
  { documents, onError }: ActOnPageDeps,
  open: OpenPage,
  { action: { format, ref }, cause, signal }: { readonly action: ActionRequest } & FailedRequest,
): Response {
  const error = refusalOf({ cause, signal }, onError);
  if (format === "live") return failedReply(ref, error);
  return format === "page" ? documents.page(open, statusOf(error), error) : formatFailed(error, statusOf(error));
}

/** What was thrown for a request. */
interface FailedRequest {
  readonly cause: unknown;
  /** Of the request. */
  readonly signal: AbortSignal;
}

/** The part of a failure that a client may receive; what is no refusal is reported, unless the client has disconnected and the work was given up for that. */
export function refusalOf({ cause, signal }: FailedRequest, onError: (cause: unknown) => void): RealtimeError {
  if (cause instanceof RealtimeError) return cause;
  const isGivenUp =
    signal.aborted && (cause === signal.reason || (cause instanceof Error && cause.name === "AbortError"));
  if (!isGivenUp) onError(cause);
  return new RealtimeError("HANDLER_FAILED", { cause });
}

export function statusOf(error: RealtimeError): number {
  return STATUSES[error.code] ?? refusalStatus(error);
}

/** The user, the visitor, the signal and the query of a request. */
export function visitOf({ request, user, visitor }: PageRequest) {
  const query = [...new URL(request.url).searchParams].filter(([name]) => name !== INSTANCE);
  return { user, visitor, signal: request.signal, query: Object.fromEntries(query) };
}
