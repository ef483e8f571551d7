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

/** Reads a field's caret, or what is selected, and returns what restores it there or in another: at the end where it was at the end. */
export function caretOf(from: HTMLInputElement): (field: HTMLInputElement) => void {
  const { value, selectionStart, selectionEnd } = from;
  return (field) => {
    if (selectionStart == null || (from === field && value === field.value)) return; // nothing was lost
    const placed = (place: number | null) => (place === value.length ? field.value.length : place);
    field.setSelectionRange?.(placed(selectionStart), placed(selectionEnd));
  };
}
