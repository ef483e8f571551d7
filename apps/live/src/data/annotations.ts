import type { Ledger } from "./ledger.js";
import { Listeners } from "./listeners.js";

export const KINDS = ["question", "idea", "problem"] as const;
export type Kind = (typeof KINDS)[number];

/** Widgets of a report, by their ids. */
export const WIDGETS = {
  revenue: "Revenue by month",
  churn: "Customers who left",
  support: "Open support cases",
} as const;
export type WidgetId = keyof typeof WIDGETS;

/** A remark about a widget. */
export interface Annotation {
  readonly id: number;
  readonly kind: Kind;
  readonly body: string;
  readonly at: Date;
}

const MAX_PER_WIDGET = 100;

/** The annotations of each widget, newest first. */
export class Annotations {
  readonly #changed = new Listeners();
  readonly #ledger: Ledger;
  readonly #byWidget = new Map<WidgetId, readonly Annotation[]>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  of(widget: WidgetId): readonly Annotation[] {
    return this.#byWidget.get(widget) ?? [];
  }

  get count(): number {
    return [...this.#byWidget.values()].reduce((sum, { length }) => sum + length, 0);
  }

  add(widget: WidgetId, { kind, body }: Pick<Annotation, "kind" | "body">): void {
    const { number, at } = this.#ledger.append("annotation", `A new ${kind} about “${WIDGETS[widget]}”`);
    this.#byWidget.set(widget, [{ id: number, kind, body, at }, ...this.of(widget)].slice(0, MAX_PER_WIDGET));
    this.#changed.notify();
  }

  watch(listener: () => void): () => void {
    return this.#changed.add(listener);
  }
}
