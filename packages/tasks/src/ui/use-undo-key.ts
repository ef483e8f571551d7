import { useEffect, useEffectEvent, type RefObject } from "react";

/**
 * Calls back at Ctrl+Z or ⌘Z, but in a field, which has an undo of its own; on a page with several boards, only where this one has the
 * focus. The callback returns whether there was something to undo.
 */
export function useUndoKey(board: RefObject<HTMLElement | null>, undoLast: () => boolean): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isUndo(event) && !isWritten(event.target) && isFor(board.current, event.target) && undoLast())
      event.preventDefault();
  });
  useEffect(() => {
    const listening = new AbortController();
    addEventListener("keydown", (event) => press(event), { signal: listening.signal });
    return () => listening.abort();
  }, []);
}

function isUndo({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

function isWritten(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, [contenteditable]") !== null;
}

function isFor(board: HTMLElement | null, target: EventTarget | null): boolean {
  if (document.querySelectorAll("[data-board]").length === 1) return true;
  return target instanceof Element && board?.contains(target) === true;
}
