import type { Live } from "./start-live.js";

/** What is needed of Alpine. */
export interface AlpineLike {
  /** The data of the nearest `x-data`. */
  closestDataStack(element: Element): unknown;
  /** Carries the state of one element to another. */
  cloneNode(from: Element, to: Element): void;
  /** Adds a `$name` to expressions. */
  magic(name: string, make: (element: Element) => unknown): void;
}

/**
 * Connects live pages with Alpine: a morph keeps the state of `x-data` and what Alpine has rendered, and `$live(action, input)` runs an action of
 * the page. Alpine itself initialises what arrives. Call it before `Alpine.start()`. Returns the undo of the morph.
 * @example connectAlpine(Alpine, startLive());
 */
export function connectAlpine(alpine: AlpineLike, live: Pick<Live, "act" | "beforeMorph">): () => void {
  alpine.magic("live", (element) => (action: string, input?: unknown) => live.act(element, action, input));
  return live.beforeMorph((from, to) => {
    Object.assign(to, { _x_dataStack: alpine.closestDataStack(from) }); // the new element stands outside of the page
    if (from.isConnected) alpine.cloneNode(from, to);
    const { _x_lookup: rows, _x_currentIfEl: shown } = from as Template;
    to.after(...[...(rows?.values() ?? []), ...(shown ? [shown] : [])].map((element) => element.cloneNode(true))); // they are not in the server's content
  });
}

/** A template of `x-for` or `x-if`, and what Alpine has rendered behind it. */
type Template = Element & { readonly _x_lookup?: ReadonlyMap<unknown, Element>; readonly _x_currentIfEl?: Element };
