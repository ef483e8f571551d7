import { useEffect, useEffectEvent } from "react";

/** Calls back at Ctrl+Z or ⌘Z, but in a field, which has an undo of its own. The callback returns whether there was something to undo. */
export function useUndoKey(undoLast: () => boolean): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isUndo(event) && !isWritten(event.target) && undoLast()) event.preventDefault();
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
