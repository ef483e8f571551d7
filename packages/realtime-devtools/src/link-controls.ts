import type { ClientInspector } from "@repo/realtime-client/debug";
import { make } from "./make-element.js";

const DELAYS: readonly (readonly [ms: number, text: string])[] = [
  [0, "No delay"],
  [200, "200 ms"],
  [1_000, "1 s"],
  [3_000, "3 s"],
];

/** The state of the connection, and the controls that cut and slow its link. */
export function createLinkControls(inspector: ClientInspector) {
  const status = make("strong", { role: "status" });
  const facts = make("span", { class: "facts" });
  const why = make("span", { class: "why" });
  const cut = make("button", { type: "button", onclick: () => inspector.cut(!inspector.isCut) }, "Cut the link");
  const options = DELAYS.map(([ms, text]) => make("option", { value: String(ms) }, text));
  const slow = make(
    "select",
    { "aria-label": "Delay each frame", onchange: () => inspector.slow(Number(slow.value)) },
    ...options,
  );
  const state = make("div", { class: "state" }, status, facts, why);
  return {
    state,
    controls: make("div", { class: "controls" }, cut, slow),
    update() {
      const { state: connection, transport, latencyMs } = inspector;
      setText(status, inspector.isCut ? `${connection.status}, cut here` : connection.status);
      state.dataset["status"] = connection.status;
      const round = latencyMs === undefined ? "" : `${Math.round(latencyMs)} ms`;
      const attempt = "attempt" in connection && connection.attempt > 0 ? `attempt ${connection.attempt + 1}` : "";
      setText(facts, [transport ?? "", round, attempt].filter((text) => text !== "").join(" · "));
      setText(why, connection.error ? `${connection.error.code}: ${connection.error.message}` : "");
      cut.setAttribute("aria-pressed", String(inspector.isCut));
      setText(cut, inspector.isCut ? "Restore the link" : "Cut the link");
      slow.value = String(inspector.delayMs);
    },
  };
}

/** A live region is read again only where its text has changed. */
function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
