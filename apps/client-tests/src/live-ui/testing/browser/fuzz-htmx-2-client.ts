import htmx from "htmx-2";
import { createFuzzDriver } from "./fuzz-driver.js";
import { clickAndWait } from "./htmx-move.js";

// what an app with htmx 2 writes itself: the page's token out and in
document.addEventListener("htmx:configRequest", (event) => {
  const { headers } = (event as CustomEvent<{ readonly headers: Record<string, string> }>).detail;
  Object.assign(headers, { "Live-Token": liveRoot().dataset["liveToken"], "Live-Format": "htmx-2" });
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr } = (event as CustomEvent<{ readonly xhr: XMLHttpRequest }>).detail;
  const token = xhr.getResponseHeader("Live-Token");
  if (token !== null) liveRoot().dataset["liveToken"] = token;
});
htmx.process(document.body);
window.fuzz = createFuzzDriver({ move: clickAndWait, isOfHtmx: true });

function liveRoot(): HTMLElement {
  return document.querySelector("[data-live]") as HTMLElement; // the page has one
}
