import type { ClientInspector } from "@repo/realtime-client/debug";
import { createChannelView } from "./channel-view.js";
import { createFrameView } from "./frame-view.js";
import { createGateView } from "./gate-view.js";
import { createLinkControls } from "./link-controls.js";
import { make } from "./make-element.js";
import { PANEL_STYLE } from "./panel-style.js";
import { createQueueView } from "./queue-view.js";
import { TabList } from "./tab-list.js";

const ELEMENT = "fourgate-devtools";

/** How the panel is mounted. */
export interface DevtoolsOptions {
  /** Shows the panel at once; default: its button alone. */
  readonly isOpen?: boolean;
  /** Where the element is appended; default `document.body`. */
  readonly parent?: HTMLElement;
  /** Which client it is, for a page that has several. */
  readonly name?: string;
  /** Called when the panel is closed. A page that gives it has a button of its own, so the panel's button is left out. */
  readonly onClose?: () => void;
}

/** The mounted panel. */
export interface MountedDevtools {
  /** The custom element `<fourgate-devtools>`, with everything in its shadow root. */
  readonly element: HTMLElement;
  /** Opens or closes the panel. */
  toggle(isOpen?: boolean): void;
  /** Takes the panel away; the inspector goes on. */
  unmount(): void;
}

/**
 * Adds a button to the page that opens the panel of one client. Load this package only where it is wanted.
 * @example
 * const inspector = createInspector();
 * const client = createRealtimeClient({ url: "/realtime", debug: inspector });
 * if (isDevelopment) void import("fourgate/devtools").then(({ mountDevtools }) => mountDevtools(inspector));
 */
export function mountDevtools(
  inspector: ClientInspector,
  { isOpen = false, parent = document.body, name, onClose }: DevtoolsOptions = {},
): MountedDevtools {
  const link = createLinkControls(inspector);
  const views = [createChannelView, createGateView, createFrameView, createQueueView];
  const tabs = new TabList(views.map((create) => create(inspector)));
  const close = make(
    "button",
    { type: "button", class: "close", "aria-label": "Close", onclick: () => toggle(false) },
    "×",
  );
  const title = make("b", {}, name ?? "");
  title.hidden = name === undefined;
  const header = make("header", {}, title, link.state, link.controls, tabs.node, close);
  const panel = make(
    "section",
    { id: "panel", "aria-label": name ? `Fourgate devtools: ${name}` : "Fourgate devtools" },
    header,
    tabs.panels,
  );
  const button = make(
    "button",
    {
      type: "button",
      class: "toggle",
      "aria-controls": "panel",
      "aria-label": "Fourgate devtools",
      onclick: () => toggle(),
    },
    make("span", { class: "dot" }),
    "fourgate",
  );

  let frame: number | undefined;
  const update = (): void => {
    frame = undefined;
    button.dataset["status"] = inspector.state.status;
    if (panel.hidden) return;
    link.update();
    tabs.update();
  };
  const schedule = (): void => void (frame ??= requestAnimationFrame(update)); // once for each painted frame, however much arrives
  const toggle = (isWanted = panel.hidden): void => {
    panel.hidden = !isWanted;
    button.hidden = isWanted || onClose !== undefined;
    button.setAttribute("aria-expanded", String(isWanted));
    update();
    if (panel.isConnected) (isWanted ? close : button).focus();
    if (!isWanted) onClose?.();
  };
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && toggle(false));
  panel.hidden = !isOpen;
  button.hidden = isOpen || onClose !== undefined;
  button.setAttribute("aria-expanded", String(isOpen));

  const element = hostElement();
  element.shadowRoot?.append(make("style", {}, PANEL_STYLE), button, panel);
  parent.append(element);
  const unwatch = inspector.watch(schedule);
  update();
  return {
    element,
    toggle,
    unmount() {
      unwatch();
      if (frame !== undefined) cancelAnimationFrame(frame);
      element.remove();
    },
  };
}

/** A custom element of the page; its styles and the page's do not meet. */
function hostElement(): HTMLElement {
  if (!customElements.get(ELEMENT))
    customElements.define(
      ELEMENT,
      class extends HTMLElement {
        constructor() {
          super();
          this.attachShadow({ mode: "open" });
        }
      },
    );
  return document.createElement(ELEMENT);
}
