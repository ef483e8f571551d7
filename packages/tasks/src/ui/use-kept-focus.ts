import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";

/** Keeps the focus on a card that goes to another column, where it is another element; `give` says who is next when it goes for good. */
export function useKeptFocus(board: RefObject<HTMLElement | null>) {
  const focused = useRef<string>(undefined);
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const listening = new AbortController();
    const { signal } = listening;
    const learn = ({ target }: Event) => (focused.current = cardAt(target)?.dataset["card"]);
    const forget = ({ relatedTarget }: FocusEvent) =>
      relatedTarget && !cardAt(relatedTarget) && (focused.current = undefined);
    element.addEventListener("focusin", learn, { signal });
    element.addEventListener("focusout", forget, { signal });
    document.addEventListener("pointerdown", learn, { signal });
    return () => listening.abort();
  }, [board]);
  useLayoutEffect(() => {
    const id = focused.current;
    if (id !== undefined && document.activeElement === document.body)
      board.current?.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus();
  });
  return { give: (id: string | undefined) => void (focused.current = id) };
}

function cardAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-card]") : null;
}
