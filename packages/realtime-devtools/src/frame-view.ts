import type { ClientInspector, InspectedFrame } from "@repo/realtime-client/debug";
import { KeyedList } from "./keyed-list.js";
import { make, timeOf } from "./make-element.js";
import type { PanelView } from "./panel-view.js";

/** The last 200 frames, the newest first; heartbeats only where asked for. */
export function createFrameView(inspector: ClientInspector): PanelView {
  const list = make("ol", { class: "entries" });
  const empty = make("p", { class: "empty" }, "No frame yet.");
  const rows = new KeyedList<InspectedFrame>(list, entryOf);
  const heartbeats = make("input", { type: "checkbox", onchange: () => view.update() });
  const view = {
    name: "Frames",
    count: () => inspector.frames.length,
    node: make("div", {}, make("label", { class: "option" }, heartbeats, "Heartbeats"), list, empty),
    update() {
      const frames = heartbeats.checked
        ? inspector.frames
        : inspector.frames.filter(({ frame }) => !isHeartbeat(frame));
      rows.show(frames);
      empty.hidden = frames.length > 0;
    },
  };
  return view;
}

function isHeartbeat({ type }: InspectedFrame["frame"]): boolean {
  return type === "ping" || type === "pong";
}

function entryOf({ at, direction, frame }: InspectedFrame): HTMLElement {
  const text = JSON.stringify(frame);
  const subject = "channel" in frame ? frame.channel : "id" in frame ? `id ${frame.id}` : "";
  const summary = make(
    "summary",
    {},
    timeOf(at),
    make(
      "span",
      { class: "direction", title: direction === "in" ? "received" : "sent" },
      direction === "in" ? "↓" : "↑",
    ),
    make("span", { class: "kind" }, frame.type),
    make("span", { class: "subject" }, subject),
    make("span", { class: "number" }, `${text.length} B`),
  );
  const details = make("details", {}, summary);
  const write = () => {
    if (details.open && details.childElementCount === 1)
      details.append(make("pre", {}, JSON.stringify(frame, null, 2)));
  };
  details.addEventListener("toggle", write); // the text of 200 frames is written only where it is read
  return make("li", { "data-direction": direction }, details);
}
