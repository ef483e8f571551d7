import type { FuzzDifference, FuzzDriver, FuzzMove, FuzzTransition } from "../fuzz-plan.js";
import { compose, focusOne } from "./focus-probe.js";
import { pageLines } from "./page-lines.js";

const PATIENCE_MS = 60_000; // a busy machine

/** A client library that shows the page. */
export interface FuzzedClient {
  /** Resolves when the page shows the state after the move. */
  readonly move: (move: FuzzMove, root: HTMLElement) => Promise<void>;
  /** The library is done some time after `move`, and keeps nothing of its own about focus and composition. */
  readonly isOfHtmx?: boolean;
}

/** Makes what a run calls. */
export function createFuzzDriver({ move, isOfHtmx = false }: FuzzedClient): FuzzDriver {
  async function differences(transition: FuzzTransition): Promise<readonly FuzzDifference[]> {
    const root = liveRoot(document);
    const focus = isOfHtmx || transition.focus === undefined ? undefined : focusOne(root, transition.focus);
    const composition = !isOfHtmx && transition.isComposing ? compose(root, transition.focus ?? 0) : undefined;
    await move(transition.move, root);
    const composed = composition?.problem();
    composition?.end();
    const step = stepOf(root);
    const fresh = await freshRender(step);
    const freshRoot = liveRoot(fresh);
    const wanted = pageLines(freshRoot, { isOfHtmx });
    const different = () => firstDifference(pageLines(root, { isOfHtmx }), wanted);
    if (isOfHtmx) await until(() => !different()).catch(() => undefined);
    const problems = [composed, focus?.problem(freshRoot)].filter((what) => what !== undefined);
    if (!isOfHtmx && document.title !== fresh.title) problems.push(`title ${document.title}, not ${fresh.title}`);
    const found = problems.map((what) => ({ step, transition, what, shown: undefined, fresh: undefined }));
    const first = different();
    return first ? [...found, { step, transition, what: "the DOM differs", ...first }] : found;
  }

  return {
    async run(transitions) {
      for (const transition of transitions) {
        const found = await differences(transition);
        if (found.length > 0) return found;
      }
      return [];
    },
  };
}

/** Resolves when something holds, which may become true with any task. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !holds();) {
    if (performance.now() > end) throw new Error(`This never became true: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** The number of the state that a page shows. */
export function stepOf(root: Element): number {
  return Number(root.querySelector("#step")?.textContent);
}

function liveRoot(within: Document): HTMLElement {
  const root = within.querySelector<HTMLElement>("[data-live]");
  if (!root) throw new Error("The document has no live page.");
  return root;
}

async function freshRender(step: number): Promise<Document> {
  const response = await fetch(`/fuzz/${step}`);
  if (!response.ok) throw new Error(`The fresh render of state ${step} failed with status ${response.status}.`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function firstDifference(shown: readonly string[], fresh: readonly string[]) {
  for (let at = 0; at < Math.max(shown.length, fresh.length); at += 1)
    if (shown[at] !== fresh[at]) return { shown: shown[at], fresh: fresh[at] };
  return undefined;
}
