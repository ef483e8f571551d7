/** Applies a change, and gives the focus back to the element with the same id, with its caret. */
export function keepFocus(change: () => void): void {
  const before = document.activeElement as HTMLInputElement; // the body at least
  const placeCaret = caretOf(before);
  change();
  const after = document.activeElement !== before && document.getElementById(before.id);
  if (!after) return;
  after.focus({ preventScroll: true });
  placeCaret(after as HTMLInputElement);
}

/** Reads the caret of a field, and returns what places it there again: at the end where it was at the end. */
export function caretOf({ value, selectionStart, selectionEnd }: HTMLInputElement): (field: HTMLInputElement) => void {
  return (field) => {
    const placed = (place: number | null) => (place === value.length ? field.value.length : place);
    if (selectionStart != null) field.setSelectionRange?.(placed(selectionStart), placed(selectionEnd));
  };
}
