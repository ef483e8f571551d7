import type { ClientInspector, InspectedChannel } from "@repo/realtime-client/debug";
import { make } from "./make-element.js";
import type { PanelView } from "./panel-view.js";

/** The channels with their positions. */
export function createChannelView(inspector: ClientInspector): PanelView {
  const body = make("tbody");
  const heads = ["Channel", "Status", "Position", "Listeners"].map((text) => make("th", { scope: "col" }, text));
  const empty = make("p", { class: "empty" }, "No channel: nobody listens yet.");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body);
  return {
    name: "Channels",
    count: () => inspector.channels.length,
    node: make("div", {}, table, empty),
    update() {
      const { channels } = inspector;
      body.replaceChildren(...channels.map(rowOf));
      table.hidden = channels.length === 0;
      empty.hidden = channels.length > 0;
    },
  };
}

function rowOf({ name, status, isStale, position, error, listeners }: InspectedChannel): HTMLElement {
  const place = position ? `${position.epoch.slice(0, 8)}:${position.offset}` : "–";
  const state = isStale ? `${status}, may be behind` : status;
  const why = error ? [make("span", { class: "code" }, error.code), ` ${error.message}`] : [];
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, name),
    make("td", { "data-status": status }, state, ...(why.length > 0 ? [make("div", { class: "why" }, ...why)] : [])),
    make("td", { class: "number", ...(position && { title: `${position.epoch}:${position.offset}` }) }, place),
    make("td", { class: "number" }, String(listeners)),
  );
}
