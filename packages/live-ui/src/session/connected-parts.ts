import type { ConnectedContext } from "../page/live-page.js";
import type { PageContent, Viewer } from "../run/page-content.js";
import type { LivePage } from "../page/live-page.js";

/** What `connected` functions may do to the page that they belong to. */
export interface PartUpdates {
  refresh(): void;
  /** The part's path; `""` is the page. */
  update(part: string, change: (state: object) => void): void;
}

/** The `connected` functions of what a connection shows: each runs when its part is first shown, and is undone when it is gone. */
export class ConnectedParts {
  #undos: Map<string, () => void> | undefined; // most pages have no such function
  readonly #page: LivePage;
  readonly #updates: PartUpdates;
  readonly #onError: (cause: unknown) => void;

  constructor(page: LivePage, updates: PartUpdates, onError: (cause: unknown) => void) {
    this.#page = page;
    this.#updates = updates;
    this.#onError = onError;
  }

  /** Called after each render. */
  follow({ parts }: PageContent, viewer: Viewer): void {
    for (const [path, undo] of this.#undos ?? []) {
      if (path === "" || parts.has(path)) continue;
      this.#undos?.delete(path);
      this.#run(undo);
    }
    this.#begin("", this.#page.description.connected, viewer);
    for (const [path, { component, props }] of parts)
      this.#begin(path, component.description.connected, { ...viewer, params: props });
  }

  end(): void {
    for (const undo of this.#undos?.values() ?? []) this.#run(undo);
    this.#undos = undefined;
  }

  #begin(path: string, connected: Connected | undefined, viewer: Viewer): void {
    if (!connected || this.#undos?.has(path)) return;
    const undos = (this.#undos ??= new Map<string, () => void>());
    undos.set(path, () => undefined); // also where it throws: it does not run again for this connection
    this.#run(() => {
      const undo = connected({
        ...viewer,
        refresh: () => this.#updates.refresh(),
        update: (change) => this.#updates.update(path, change as (state: object) => void),
      });
      if (undo) undos.set(path, undo);
    });
  }

  #run(call: () => void): void {
    try {
      call();
    } catch (cause) {
      this.#onError(cause);
    }
  }
}

type Connected = (context: ConnectedContext<unknown, unknown>) => (() => void) | undefined;
