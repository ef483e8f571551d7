import type { RealtimeError } from "@repo/core-realtime";
import { containedContent } from "../encoders/contained-content.js";
import { DATASTAR_CONTENT_TYPE, encodeDatastar } from "../encoders/datastar.js";
import { PrintedPage, type EncodedPage } from "../encoders/encoded-page.js";
import { HX_RESERVED, hxPartialElement } from "../encoders/hx-partial-element.js";
import { encodeHxPartials2 } from "../encoders/hx-partials-2.js";
import { encodeHxPartials4 } from "../encoders/hx-partials-4.js";
import { encodeOobSwaps } from "../encoders/oob-swaps.js";
import { printContent } from "../encoders/print-content.js";
import { encodeTurboStreams } from "../encoders/turbo-streams.js";
import type { Operation } from "../difference/operation.js";
import { escapeHtml } from "../template/escape-html.js";
import type { OpenPage } from "../run/open-page.js";
import type { ReplyFormat } from "./action-request.js";
import type { ActionReply } from "./page-reply.js";

/** A format of another library than ours. */
export type ForeignFormat = Exclude<ReplyFormat, "live" | "page">;

interface FormatWriter {
  readonly type: string;
  readonly encode: (operations: readonly Operation[], page: EncodedPage) => string;
  /** An element in place of the one with this selector. */
  readonly replace: (selector: string, html: string) => string;
  /** The reply that opens another page; left out: the header of htmx does. `from` is the URL of the request. */
  readonly leave?: (to: string, from: string) => FormatLeave;
}

/** A redirect that the library follows, or the body that makes the browser leave. */
type FormatLeave = { readonly location: string } | { readonly body: string };

/** Leaves the page without a script, which a policy may forbid. It takes the place of the page in the history. */
const refresh = (to: string) => `<meta http-equiv="refresh" content="0;url=${escapeHtml(to)}">`;

const HTML = "text/html; charset=utf-8";

const partial = (selector: string, html: string) =>
  hxPartialElement(selector, "outerHTML", containedContent(html, html, HX_RESERVED));

const WRITERS: Readonly<Record<ForeignFormat, FormatWriter>> = {
  "htmx-4": { type: HTML, encode: encodeHxPartials4, replace: partial },
  "htmx-2": { type: HTML, encode: encodeHxPartials2, replace: partial },
  oob: {
    type: HTML,
    encode: encodeOobSwaps,
    replace(selector, html) {
      const contained = containedContent(html, html, HX_RESERVED);
      return contained.replace(/^<div /, `<div hx-swap-oob="outerHTML:${escapeHtml(selector)}" `); // htmx 2 inserts what has the attribute
    },
  },
  turbo: {
    type: "text/vnd.turbo-stream.html",
    encode: encodeTurboStreams,
    replace: (selector, html) =>
      `<turbo-stream action="replace" targets="${escapeHtml(selector)}"><template>${containedContent(html, html)}</template></turbo-stream>`,
    leave(to, from) {
      if (new URL(to, from).origin === new URL(from).origin) return { location: to };
      return {
        body: `<turbo-stream action="append" targets="head"><template>${refresh(to)}</template></turbo-stream>`,
      }; // its fetch may not follow to another site
    },
  },
  datastar: {
    type: DATASTAR_CONTENT_TYPE,
    encode: encodeDatastar,
    replace: (selector, html) =>
      `event: datastar-patch-elements\ndata: selector ${selector}\ndata: mode replace\n${html
        .split(/\r\n?|\n/) // each of them ends a line of an event
        .map((line) => `data: elements ${line}\n`)
        .join("")}\n`,
    leave: (to) => ({
      body: `event: datastar-patch-elements\ndata: selector head\ndata: mode append\ndata: elements ${refresh(to)}\n\n`,
    }),
  },
};

/** The reply in a format of another library. The token, and what has no element, are headers. */
export function formatReply(
  format: ForeignFormat,
  open: OpenPage,
  { change, token, url }: ActionReply & { readonly url: string },
): Response {
  const { type, encode, leave } = WRITERS[format];
  const headers = new Headers({ "content-type": type, "cache-control": "no-store" });
  if (token !== undefined) headers.set("live-token", token);
  const left = change.navigate === undefined ? undefined : leave?.(change.navigate, url);
  if (left && "location" in left) {
    headers.set("location", left.location);
    return new Response(null, { status: 303, headers });
  }
  if (left) return new Response(left.body, { headers });
  const page = new PrintedPage(() => open.view.html(), printContent, open.view.root);
  const body = encode(change.operations, page);
  if (change.navigate !== undefined) headers.set("hx-redirect", change.navigate);
  if (change.replaceUrl !== undefined) headers.set("hx-replace-url", change.replaceUrl);
  if (change.title !== undefined)
    headers.set("live-title", encodeURIComponent(change.title.replaceAll(/\p{Surrogate}/gu, "\uFFFD")));
  if (change.reset.length > 0) headers.set("live-reset", change.reset.map(encodeURIComponent).join(" "));
  return body === "" ? new Response(null, { status: 204, headers }) : new Response(body, { headers });
}

/** A page that was opened anew, in place of the one that the client shows. */
export function formatFresh(format: ForeignFormat, open: OpenPage, root: string): Response {
  const { type, replace } = WRITERS[format];
  const selector = `[data-live="${open.view.page.path.text}"]`;
  const headers = { "content-type": type, "cache-control": "no-store", "live-token": open.token };
  return new Response(replace(selector, root), { headers });
}

/** The action failed: the library changes nothing. */
export function formatFailed({ code, message }: RealtimeError, status: number): Response {
  const headers = {
    "cache-control": "no-store",
    "hx-reswap": "none",
    "live-error": code,
    "live-error-message": encodeURIComponent(message),
  };
  return new Response(null, { status, headers });
}
