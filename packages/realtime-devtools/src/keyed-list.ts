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
    const wanted = new Set(items);
    for (const [item, node] of this.#shown) if (!wanted.has(item)) node.remove();
    const next = new Map<Item, HTMLElement>();
    let place = this.#list.firstElementChild;
    for (const item of [...items].reverse()) {
      const node = this.#shown.get(item) ?? this.#make(item);
      if (node === place) place = place.nextElementSibling;
      else this.#list.insertBefore(node, place);
      next.set(item, node);
    }
    this.#shown = next;
  }
}
