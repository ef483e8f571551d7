import type { Ledger } from "./ledger.js";
import { Listeners } from "./listeners.js";

export const COLUMNS = ["new", "accepted", "declined"] as const;
export type Column = (typeof COLUMNS)[number];
export const COLUMN_TITLES: Readonly<Record<Column, string>> = {
  new: "New",
  accepted: "Accepted",
  declined: "Declined",
};

/** Something to decide about. */
export interface Card {
  readonly id: string;
  readonly title: string;
  readonly column: Column;
}

const FIRST: readonly (readonly [Column, string])[] = [
  ["new", "Export as CSV leaves out the header"],
  ["new", "Dark mode for printed reports"],
  ["new", "Search ignores accents"],
  ["new", "Show totals per region"],
  ["accepted", "Keyboard shortcuts for the board"],
  ["accepted", "Weekly digest by mail"],
  ["declined", "Background music"],
];

/** Cards in three columns, the same for all users. The order of the cards is that within their columns. */
export class TriageBoard {
  readonly #changed = new Listeners();
  readonly #ledger: Ledger;
  #cards: readonly Card[] = FIRST.map(([column, title], at) => ({ id: `c${at + 1}`, title, column }));

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  in(column: Column): readonly Card[] {
    return this.#cards.filter((card) => card.column === column);
  }

  find(id: string): Card | undefined {
    return this.#cards.find((card) => card.id === id);
  }

  /** Moves a card before another of the column; null: to its end. */
  move(id: string, column: Column, before: string | null): void {
    const card = this.find(id);
    if (!card || before === id) return;
    const others = this.#cards.filter((other) => other !== card);
    const at = others.findIndex((other) => other.id === before && other.column === column);
    const moved = { ...card, column };
    this.#cards = at < 0 ? [...others, moved] : [...others.slice(0, at), moved, ...others.slice(at)];
    if (card.column !== column) this.#ledger.append("triage", `“${card.title}” is ${column} now`);
    this.#changed.notify();
  }

  /** Moves a card by one place within its column, or to the end of the column beside it. */
  shift(id: string, direction: "up" | "down" | "left" | "right"): void {
    const card = this.find(id);
    if (!card) return;
    if (direction === "left" || direction === "right") {
      const column = COLUMNS[COLUMNS.indexOf(card.column) + (direction === "left" ? -1 : 1)];
      return column && this.move(id, column, null);
    }
    const column = this.in(card.column);
    const at = column.indexOf(card);
    const before = direction === "up" ? column[at - 1] : column[at + 2];
    if (before || (direction === "down" && at < column.length - 1)) this.move(id, card.column, before?.id ?? null);
  }

  rename(id: string, title: string): void {
    const before = this.find(id);
    if (!before || before.title === title) return;
    this.#cards = this.#cards.map((card) => (card.id === id ? { ...card, title } : card));
    this.#ledger.append("triage", `“${before.title}” is called “${title}” now`);
    this.#changed.notify();
  }

  watch(listener: () => void): () => void {
    return this.#changed.add(listener);
  }
}
