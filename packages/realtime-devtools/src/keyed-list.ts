/** A list whose newest item comes first. What is shown already stays as it is: an entry that is open stays open. */
export class KeyedList<Item extends object> {
  readonly #list: HTMLElement;
  readonly #make: (item: Item) => HTMLElement;
  #shown = new Map<Item, HTMLElement>();

  constructor(list: HTMLElement, make: (item: Item) => HTMLElement) {
    this.#list = list;
    this.#make = make;
  }

  /** Shows these items, the oldest first. */
  show(items: readonly Item[]): void {
    const next = new Map<Item, HTMLElement>();
    for (const item of items) {
      const known = this.#shown.get(item);
      const node = known ?? this.#make(item);
      if (!known) this.#list.prepend(node);
      next.set(item, node);
    }
    for (const [item, node] of this.#shown) if (!next.has(item)) node.remove();
    this.#shown = next;
  }
}
