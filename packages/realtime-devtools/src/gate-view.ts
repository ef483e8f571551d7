import type { ClientInspector, GateOutcome } from "@repo/realtime-client/debug";
import { KeyedList } from "./keyed-list.js";
import { make, timeOf } from "./make-element.js";
import type { PanelView } from "./panel-view.js";

/** What the gates have decided, the newest first. */
export function createGateView(inspector: ClientInspector): PanelView {
  const list = make("ol", { class: "entries" });
  const empty = make("p", { class: "empty" }, "No decision yet.");
  const rows = new KeyedList<GateOutcome>(list, entryOf);
  return {
    name: "Gates",
    count: () => inspector.outcomes.length,
    node: make("div", {}, list, empty),
    update() {
      rows.show(inspector.outcomes);
      empty.hidden = inspector.outcomes.length > 0;
    },
  };
}

function entryOf({ at, gate, channel, event, refusal, message, ms }: GateOutcome): HTMLElement {
  const verdict = refusal === undefined ? "passed" : refusal;
  const subject = [channel, event].filter((text) => text !== undefined).join(" · ");
  return make(
    "li",
    { "data-verdict": refusal === undefined ? "passed" : "refused" },
    timeOf(at),
    make("span", { class: "kind" }, gate),
    make("span", { class: "code" }, verdict),
    make("span", { class: "subject" }, subject),
    make("span", { class: "number" }, ms === undefined ? "" : `${Math.round(ms)} ms`),
    ...(message === undefined ? [] : [make("span", { class: "why" }, message)]),
  );
}
