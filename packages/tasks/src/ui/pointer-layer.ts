const STILL_MS = 4_000; // a hand that has left the mouse points at nothing
const LOOK_MS = 1_000;

/** Where a connection points: shares of the board, from its left and its top. */
export interface PointedAt {
  readonly connectionId: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Moves the pointers of others, without a render and without reading the layout: the latest place of each becomes its transform, at most
 * once for a painted frame. Places are shares of the board, so the transform is in container units and holds when the board is resized.
 */
export class PointerLayer {
  readonly #next = new Map<string, PointedAt & { readonly at: number }>(); // also of connections whose presence has not arrived yet
  readonly #seenAt = new Map<string, number>();
  readonly #elements = new Map<string, HTMLElement>();
  #root: HTMLElement | null = null;
  #frame = 0;

  /** Takes the element that has the pointers; the returned function gives it back. */
  readonly attach = (root: HTMLElement | null): (() => void) => {
    this.#root = root;
    const timer = setInterval(this.#hideStill, LOOK_MS);
    return () => {
      clearInterval(timer);
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#root = null;
      this.#elements.clear();
    };
  };

  readonly point = (place: PointedAt): void => {
    this.#next.set(place.connectionId, { ...place, at: performance.now() });
    this.repaint();
  };

  /** Shows the places that have no element yet, where there is one now: call it when the connections change. */
  readonly repaint = (): void => {
    if (this.#next.size > 0) this.#frame ||= requestAnimationFrame(this.#paint);
  };

  /** Hides them all. */
  readonly clear = (): void => {
    this.#next.clear();
    for (const id of [...this.#seenAt.keys()]) this.#hide(id);
  };

  readonly #paint = (now: number): void => {
    this.#frame = 0;
    for (const [id, { x, y }] of this.#next) {
      const element = this.#elementOf(id);
      if (!element) continue;
      element.style.transform = `translate(${x * 100}cqw, ${y * 100}cqh)`;
      if (!this.#seenAt.has(id)) element.dataset["shown"] = "";
      this.#seenAt.set(id, now);
      this.#next.delete(id);
    }
  };

  readonly #hideStill = (): void => {
    const since = performance.now() - STILL_MS;
    for (const [id, at] of this.#seenAt) if (at < since) this.#hide(id);
    for (const [id, { at }] of this.#next) if (at < since) this.#next.delete(id);
  };

  #hide(id: string): void {
    this.#seenAt.delete(id);
    delete this.#elementOf(id)?.dataset["shown"];
  }

  #elementOf(id: string): HTMLElement | undefined {
    const known = this.#elements.get(id);
    if (known?.isConnected) return known;
    const found = this.#root?.querySelector<HTMLElement>(`[data-connection="${CSS.escape(id)}"]`) ?? undefined;
    if (found) this.#elements.set(id, found);
    else this.#elements.delete(id);
    return found;
  }
}
