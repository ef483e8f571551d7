import type { RealtimeClient } from "@repo/realtime-client";

/** The transport that the user has chosen. */
export type Transport = "auto" | "ws" | "sse" | "ajax";

const NAMES: Readonly<Record<string, string>> = { ws: "WebSocket", sse: "SSE" };

/** Shows which transport is in use, marks the one that was chosen, and keeps the choice on the way to other pages. */
export function showTransport(wanted: Transport, client?: Pick<RealtimeClient, "state" | "transport" | "watch">): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-transport]"))
    if ((link.dataset["transport"] || "auto") === wanted) link.setAttribute("aria-current", "true");
  document.addEventListener("click", ({ target }) => keepChoice(target, wanted), { capture: true });
  if (!client) return show(wanted === "ajax" ? "open" : "wait", "AJAX");
  const update = () => {
    if (client.state.status === "connected") show("open", NAMES[client.transport ?? ""] ?? "Connected");
    else show("wait", client.state.status === "waiting" ? "AJAX, reconnecting" : "AJAX, connecting");
  };
  client.watch(update);
  update();
}

function show(tone: "open" | "wait", words: string): void {
  const pill = document.getElementById("transport");
  const text = pill?.querySelector("[data-words]");
  if (!pill || !text || text.textContent === words) return;
  pill.dataset["tone"] = tone;
  text.textContent = words;
}

function keepChoice(target: EventTarget | null, wanted: Transport): void {
  const link = target instanceof Element ? target.closest("a") : null;
  if (!link || wanted === "auto" || link.origin !== location.origin || "transport" in link.dataset) return;
  if (link.hash !== "" || link.search !== "") return;
  link.search = `?transport=${wanted}`;
}
