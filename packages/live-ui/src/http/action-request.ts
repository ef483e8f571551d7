import { RealtimeError } from "@repo/core-realtime";
import { readBody, whyNotPlainJson } from "@repo/core-realtime/server";
import type { ActionCall } from "../run/run-action.js";

/** How the reply is written. */
export type ReplyFormat = "live" | "htmx-4" | "htmx-2" | "oob" | "turbo" | "datastar" | "page";

/** An action over HTTP. */
export interface ActionRequest {
  readonly format: ReplyFormat;
  readonly token: string;
  /** The client's number of this action; 0 where it counts none. */
  readonly ref: number;
  /** Undefined: no action runs; the reply has the current content. */
  readonly call: ActionCall | undefined;
  /** The client's id of this action: with a store, it runs once. */
  readonly eventId: string | undefined;
}

export const LIVE_TYPE = "application/vnd.fourgate.live+json";
const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;
const MAX_FIELDS = 1_000;
const MAX_NAME = 128;

/** The action in a POST: of our client as JSON, of a form or htmx as fields. @throws RealtimeError where it is none. */
export async function readAction(request: Request): Promise<ActionRequest> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const bytes = await readBody(request, MAX_BYTES);
  if (!bytes) throw new RealtimeError("FRAME_TOO_LARGE");
  if (type === "application/json") return readJson(new TextDecoder().decode(bytes), request);
  if (type === "application/x-www-form-urlencoded")
    return readFields([...new URLSearchParams(new TextDecoder().decode(bytes))], request);
  if (type === "multipart/form-data") return readFields(await multipart(request, bytes), request);
  throw invalid("send JSON or a form");
}

function readJson(text: string, request: Request): ActionRequest {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid("the body is no JSON");
  }
  if (typeof body !== "object" || body === null) throw invalid("the body is no action");
  const why = whyNotPlainJson(body, MAX_DEPTH);
  if (why !== undefined) throw invalid(why);
  const { k, r, i, a, p, v } = body as Readonly<Record<string, unknown>>; // each is checked here
  if (typeof k !== "string") throw invalid("the token is missing");
  const format = formatOf(request);
  return {
    format: format === "page" ? "live" : format, // JSON is our own client's, whatever it accepts
    token: k,
    ref: typeof r === "number" && Number.isSafeInteger(r) && r > 0 ? r : 0,
    call: typeof a === "string" ? { action: a, part: textOr(p), input: v } : undefined,
    eventId: textOr(i),
  };
}

/** `live-token`, `live-action` and `live-component` belong to us; the rest is the input. */
function readFields(pairs: readonly (readonly [string, string])[], request: Request): ActionRequest {
  if (pairs.length > MAX_FIELDS) throw invalid("the form has too many fields");
  const own = new Map<string, string>();
  const input = new Map<string, string | string[]>();
  for (const [given, value] of pairs) {
    if (given.length > MAX_NAME) throw invalid("the name of a field is too long");
    if (given.startsWith("live-")) {
      own.set(given, value); // of several, the last: the button that was pressed stands after the form's own
      continue;
    }
    const isList = given.endsWith("[]");
    const name = isList ? given.slice(0, -2) : given;
    const before = input.get(name);
    if (before === undefined) input.set(name, isList ? [value] : value);
    else input.set(name, [...(Array.isArray(before) ? before : [before]), value]);
  }
  const action = own.get("live-action") ?? request.headers.get("live-action") ?? undefined;
  return {
    format: formatOf(request),
    token: request.headers.get("live-token") ?? own.get("live-token") ?? "",
    ref: 0,
    call:
      action === undefined
        ? undefined
        : { action, part: textOr(own.get("live-component")), input: Object.fromEntries(input) },
    eventId: textOr(own.get("live-event") ?? request.headers.get("live-event")),
  };
}

/** `Live-Format` names a format; without it, the library's own header. */
function formatOf({ headers }: Request): ReplyFormat {
  const named = headers.get("live-format");
  if (named === "htmx-4" || named === "htmx-2" || named === "oob" || named === "turbo" || named === "datastar")
    return named;
  if (headers.get("accept")?.includes(LIVE_TYPE)) return "live";
  if (headers.get("datastar-request") === "true") return "datastar";
  if (headers.get("accept")?.includes("text/vnd.turbo-stream.html")) return "turbo";
  if (headers.get("hx-request") !== "true") return "page";
  return headers.has("hx-request-type") ? "htmx-4" : "htmx-2"; // 2 has no such header
}

async function multipart(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<[string, string][]> {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    const form = await new Response(new Blob([bytes]), { headers }).formData();
    return [...form].map(([name, value]) => {
      if (typeof value !== "string") throw invalid("files are not taken here");
      return [name, value];
    });
  } catch (cause) {
    throw cause instanceof RealtimeError ? cause : invalid("the form is broken");
  }
}

function textOr(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= MAX_NAME ? value : undefined;
}

function invalid(detail: string): RealtimeError {
  return new RealtimeError("PAYLOAD_INVALID", { detail });
}
