import type { ClientInspector } from "@repo/realtime-client/debug";
import { make } from "./make-element.js";
import type { PanelView } from "./panel-view.js";

/** The messages without a reply: what waits for a connection, and what waits for its reply. */
export function createQueueView(inspector: ClientInspector): PanelView {
  const list = make("ol", { class: "entries" });
  const empty = make("p", { class: "empty" }, "Nothing waits.");
  return {
    name: "Queue",
    count: () => inspector.queue.length,
    node: make("div", {}, list, empty),
    update() {
      const { queue } = inspector;
      const entries = queue.map(({ channel, event, isSent, id }) =>
        make(
          "li",
          { title: `id ${id}` },
          make("span", { class: "kind" }, isSent ? "sent, no reply yet" : "waits for a connection"),
          make("span", { class: "subject" }, [channel, event].filter((text) => text !== undefined).join(" · ")),
        ),
      );
      list.replaceChildren(...entries);
      empty.hidden = queue.length > 0;
    },
  };
}
