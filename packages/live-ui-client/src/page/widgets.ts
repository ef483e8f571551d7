/** A widget of another library: its element's children are never touched by a patch. */
export interface LiveHook {
  /** The element is on the page. */
  readonly mounted?: (element: HTMLElement) => void;
  /** A patch has been applied to the page: the element's attributes may be others. */
  readonly updated?: (element: HTMLElement) => void;
  /** The element is no longer on the page. */
  readonly destroyed?: (element: HTMLElement) => void;
}

/** Widgets by the names in `data-live-hook`. */
export type LiveHooks = Readonly<Record<string, LiveHook>>;

/** The widgets that are on the page. */
export interface Widgets {
  /** Mounts those that have arrived, and destroys those that are gone. */
  scan(): void;
  /** A patch has been applied within this root. */
  update(root: Element): void;
  stop(): void;
}

/** Makes the widgets of a document. */
export function createWidgets(hooks: LiveHooks): Widgets {
  const mounted = new Map<HTMLElement, LiveHook>();

  function scan(): void {
    for (const [element, hook] of mounted)
      if (!element.isConnected) {
        mounted.delete(element);
        hook.destroyed?.(element);
      }
    for (const element of document.querySelectorAll<HTMLElement>("[data-live-hook]")) {
      const hook = hooks[element.dataset["liveHook"] ?? ""];
      if (!hook || mounted.has(element)) continue;
      mounted.set(element, hook);
      hook.mounted?.(element);
    }
  }

  return {
    scan,
    update: (root) => mounted.forEach((hook, element) => root.contains(element) && hook.updated?.(element)),
    stop() {
      mounted.forEach((hook, element) => hook.destroyed?.(element));
      mounted.clear();
    },
  };
}
