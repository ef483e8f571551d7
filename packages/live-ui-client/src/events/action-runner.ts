import { disabledBy } from "../page/action-effects.js";
import type { LivePage } from "../page/live-page.js";
import type { ActionInput } from "./action-input.js";
import { createDelays } from "./delays.js";

/** A page with its root. */
export interface RootedPage {
  readonly root: HTMLElement;
  readonly page: LivePage;
}

/** An action that an event has caused. */
export interface Trigger {
  readonly element: HTMLElement;
  readonly name: string;
  /** In milliseconds; used where the element has no data-live-debounce. */
  readonly debounceMs?: number;
  /** Reads the input, when the action is sent; undefined: there is none to send. */
  readonly collect: () => ActionInput | undefined;
}

/** Runs actions with the debounce, throttle and disable rules of their elements. */
export interface ActionRunner {
  run(trigger: Trigger): void;
  /** Sends what waits within an element now. */
  flush(within: Element): void;
}

/** Makes the runner of a document. */
export function createRunner(pageOf: (element: Element) => RootedPage | undefined, signal: AbortSignal): ActionRunner {
  const delays = createDelays();
  signal.addEventListener("abort", delays.stop);
  return {
    flush: delays.flush,
    run({ element, name, debounceMs = 0, collect }) {
      const { liveDebounce, liveThrottle, liveOptimistic } = element.dataset;
      const times = { debounceMs: Number(liveDebounce ?? debounceMs), throttleMs: Number(liveThrottle ?? 0) };
      delays.after({ element, name, ...times }, () => {
        const found = pageOf(element);
        if (!found || (found.page.isWaiting(element) && disabledBy(element).length)) return;
        delays.flush(found.root); // what was typed before goes first
        const collected = collect();
        const optimistic = liveOptimistic ? JSON.parse(liveOptimistic) : [];
        if (collected) void found.page.act({ name, element, optimistic, ...collected });
      });
    },
  };
}
