/** What a `DueHeap` orders. The heap itself writes `slot`; it is -1 while the item is in no heap. */
export interface DueItem {
  due: number;
  slot: number;
}

/** A binary heap of items by their time, the earliest first. Each operation visits at most one path of the tree. */
export class DueHeap<Item extends DueItem> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** The item that is due first. */
  get first(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    this.#items.push(item);
    this.#rise(item, this.#items.length - 1);
  }

  /** Takes an item out, wherever it is; nothing happens where it is in no heap. */
  remove(item: Item): void {
    const { slot } = item;
    if (slot < 0) return;
    item.slot = -1;
    const last = this.#items.pop();
    if (!last || last === item) return;
    this.#rise(last, slot);
    this.#sink(last, last.slot);
  }

  clear(): void {
    for (const item of this.#items) item.slot = -1;
    this.#items.length = 0;
  }

  #rise(item: Item, from: number): void {
    let slot = from;
    while (slot > 0) {
      const above = (slot - 1) >> 1;
      const parent = this.#items[above];
      if (!parent || parent.due <= item.due) break;
      this.#put(parent, slot);
      slot = above;
    }
    this.#put(item, slot);
  }

  #sink(item: Item, from: number): void {
    let slot = from;
    for (let below = this.#earlierChild(slot); below >= 0; below = this.#earlierChild(slot)) {
      const child = this.#items[below];
      if (!child || child.due >= item.due) break;
      this.#put(child, slot);
      slot = below;
    }
    this.#put(item, slot);
  }

  /** The slot of the child that is due first; -1 where there is none. */
  #earlierChild(slot: number): number {
    const left = slot * 2 + 1;
    const [first, second] = [this.#items[left], this.#items[left + 1]];
    if (!first) return -1;
    return second && second.due < first.due ? left + 1 : left;
  }

  #put(item: Item, slot: number): void {
    this.#items[slot] = item;
    item.slot = slot;
  }
}
