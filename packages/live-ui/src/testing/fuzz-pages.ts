import type { TemplateResult } from "../template/template-result.js";
import { fuzzPage, type FuzzRow, type FuzzState } from "./fuzz-page.js";

/** Random states of a page, each some changes away from the one before. */
export class FuzzPages {
  readonly #random: () => number;
  #state: FuzzState;
  #rows = 0;

  constructor(random: () => number) {
    this.#random = random;
    const rows = () => Array.from({ length: this.#below(7) }, () => this.#row(1));
    this.#state = {
      theme: "light",
      title: "Title",
      flag: true,
      kind: 0,
      panel: 1,
      link: "/a?b=1&c=2",
      tags: [],
      rows: rows(),
      other: rows(),
      lines: rows(),
    };
  }

  /** The present state. */
  get state(): FuzzState {
    return this.#state;
  }

  /** The page of the present state. */
  page(): TemplateResult {
    return fuzzPage(this.#state);
  }

  /** One to three random changes. */
  change(): void {
    for (let left = 1 + this.#below(3); left > 0; left -= 1) this.#state = { ...this.#state, ...this.#oneChange() };
  }

  #oneChange(): Partial<FuzzState> {
    const { rows, other, lines } = this.#state;
    switch (this.#below(14)) {
      case 0:
        return { theme: this.#text() };
      case 1:
        return { title: this.#text() };
      case 2:
        return { flag: !this.#state.flag };
      case 3:
        return { kind: this.#below(9) };
      case 4:
        return { panel: this.#below(3) };
      case 5:
        return { link: this.#pick(["/x", "https://example.org/?a=1&b=2", "javascript:alert(1)", "#", "mailto:a@b"]) };
      case 6:
        return { tags: Array.from({ length: this.#below(4) }, () => this.#text()) };
      case 7: {
        const [moved, ...rest] = rows; // to another list
        return moved ? { rows: rest, other: this.#insert(other, moved) } : {};
      }
      case 8:
        return { other: this.#changeRows(other) };
      case 9:
      case 10:
        return { lines: this.#changeRows(lines) };
      default:
        return { rows: this.#changeRows(rows) };
    }
  }

  #changeRows(rows: readonly FuzzRow[], depth = 1): readonly FuzzRow[] {
    const at = this.#below(rows.length);
    switch (this.#below(11)) {
      case 0:
        return [...rows, this.#row(depth)];
      case 1:
        return [this.#row(depth), ...rows];
      case 2:
        return this.#insert(this.#insert(rows, this.#row(depth)), this.#row(depth));
      case 3:
        return rows.filter((_, place) => place !== at);
      case 4:
        return this.#below(3) === 0 ? [] : rows.filter(() => this.#below(3) > 0);
      case 5: {
        const moved = rows[at];
        return moved ? this.#insert(rows.filter((row) => row !== moved), moved) : rows; // prettier-ignore
      }
      case 6:
        return this.#below(3) === 0 ? this.#shuffle(rows) : rows.toReversed();
      default:
        return rows.map((row, place) => (place === at ? this.#changeRow(row, depth) : row));
    }
  }

  #changeRow(row: FuzzRow, depth: number): FuzzRow {
    switch (this.#below(5)) {
      case 0:
        return { ...row, note: this.#below(2) === 0 ? "" : this.#text() };
      case 1:
        return { ...row, kind: this.#below(4) };
      case 2:
        return { ...row, tags: Array.from({ length: this.#below(3) }, () => this.#text()) };
      case 3:
        return depth > 0 ? { ...row, rows: this.#changeRows(row.rows, depth - 1) } : row;
      default:
        return { ...row, title: this.#text() };
    }
  }

  #row(depth: number): FuzzRow {
    this.#rows += 1;
    const key = this.#pick(["", "a-", "ü ", '"', "_0", "-k", "-0_"]) + String(this.#rows);
    const rows = depth > 0 ? Array.from({ length: this.#below(3) }, () => this.#row(0)) : [];
    return { key, title: this.#text(), note: "", kind: this.#below(4), tags: [], rows };
  }

  #text(): string {
    return this.#pick(["", "a", "b<i>", '&amp;"', "'>", "two words", "line\nline", "\nfirst", "&lt;", "0"]);
  }

  #insert(rows: readonly FuzzRow[], row: FuzzRow): readonly FuzzRow[] {
    return rows.toSpliced(this.#below(rows.length + 1), 0, row);
  }

  #shuffle(rows: readonly FuzzRow[]): readonly FuzzRow[] {
    return rows.map((row) => ({ row, at: this.#random() })).sort((one, other) => one.at - other.at).map(({ row }) => row); // prettier-ignore
  }

  #pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.#below(items.length)] ?? items[0];
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }
}
