import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";

const WITHOUT_RING: FocusOptions & { readonly focusVisible: boolean } = { focusVisible: false };

/** Keeps the focus on a card that goes to another column, where it is another element; `give` returns the next card when it is removed. */
export function useKeptFocus(board: RefObject<HTMLElement | null>) {
  const focused = useRef<string>(undefined);
  const byHand = useRef(false);
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const listening = new AbortController();
    const { signal } = listening;
    const learn = ({ target, type }: Event) => {
      focused.current = cardAt(target)?.dataset["card"];
      if (type === "pointerdown") byHand.current = true;
    };
    // it goes on by itself, to a card's own button too: while it is under way nothing has it, and nothing may take it back
    const forget = ({ relatedTarget }: FocusEvent) => relatedTarget && (focused.current = undefined);
    element.addEventListener("focusin", learn, { signal });
    element.addEventListener("focusout", forget, { signal });
    document.addEventListener("pointerdown", learn, { signal });
    document.addEventListener("keydown", () => (byHand.current = false), { signal });
    return () => listening.abort();
  }, [board]);
  useLayoutEffect(() => {
    const id = focused.current;
    if (id === undefined || document.activeElement !== document.body) return;
    const card = board.current?.querySelector<HTMLElement>(`[data-card="${id}"]`);
    card?.focus(byHand.current ? WITHOUT_RING : undefined);
  });
  return { give: (id: string | undefined) => void (focused.current = id) };
}

function cardAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-card]") : null;
}
