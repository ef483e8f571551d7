import { make } from "./make-element.js";
import type { PanelView } from "./panel-view.js";

/** The tabs of the panel: one tab stop, arrow keys between them. */
export class TabList {
  readonly node: HTMLElement;
  readonly panels: HTMLElement;
  readonly #views: readonly PanelView[];
  readonly #tabs: readonly HTMLButtonElement[];
  #open = 0;

  constructor(views: readonly PanelView[]) {
    this.#views = views;
    this.#tabs = views.map(({ name }, index) =>
      make("button", { type: "button", role: "tab", id: `tab-${name}`, onclick: () => this.#show(index) }, name),
    );
    for (const { name, node } of views) {
      node.setAttribute("role", "tabpanel");
      node.setAttribute("aria-labelledby", `tab-${name}`);
      node.tabIndex = 0;
    }
    this.node = make(
      "div",
      { role: "tablist", "aria-label": "Views", onkeydown: (event) => this.#move(event) },
      ...this.#tabs,
    );
    this.panels = make("div", { class: "panels" }, ...views.map(({ node }) => node));
    this.#show(0);
  }

  update(): void {
    this.#views.forEach(({ name, count }, index) => {
      const tab = this.#tabs[index];
      const text = count() > 0 ? `${name} ${count()}` : name;
      if (tab && tab.textContent !== text) tab.textContent = text;
    });
    this.#views[this.#open]?.update();
  }

  #show(opened: number): void {
    this.#open = opened;
    this.#views.forEach(({ node }, index) => (node.hidden = index !== opened));
    this.#tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === opened));
      tab.tabIndex = index === opened ? 0 : -1;
    });
    this.update();
  }

  #move(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#show((this.#open + step + this.#tabs.length) % this.#tabs.length);
    this.#tabs[this.#open]?.focus();
  }
}
