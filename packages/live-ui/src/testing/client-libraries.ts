import { createRequire } from "node:module";
import type { ClientLibrary } from "./reply-server.js";

const require = createRequire(import.meta.url);
const HTML = "text/html; charset=utf-8";
const HX_TRIGGER = `<button id="request" hx-post="/reply" hx-swap="none">send</button>`;

export const HTMX_4: ClientLibrary = {
  name: "htmx 4",
  file: require.resolve("htmx-4/dist/htmx.min.js"),
  contentType: HTML,
  trigger: `<button id="request" hx-post="/reply">send</button>`,
  event: "htmx:finally:swap",
};

export const HTMX_2: ClientLibrary = {
  name: "htmx 2",
  file: require.resolve("htmx-2/dist/htmx.min.js"),
  contentType: HTML,
  trigger: HX_TRIGGER,
  event: "htmx:afterRequest",
};

export const TURBO_8: ClientLibrary = {
  name: "Turbo 8",
  file: require.resolve("@hotwired/turbo/dist/turbo.es2017-umd.js"),
  contentType: "text/vnd.turbo-stream.html; charset=utf-8",
  trigger: `<form action="/reply" method="post"><button id="request">send</button></form>`,
  event: "turbo:submit-end",
};
