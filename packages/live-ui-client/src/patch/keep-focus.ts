/** Applies a change, and gives the focus back to the element with the same id, with its caret. */
export function keepFocus(change: () => void): void {
  const before = document.activeElement as HTMLInputElement | null;
  const { id, selectionStart, selectionEnd } = before ?? {};
  change();
  if (!id || document.activeElement === before) return;
  const after = document.getElementById(id) as HTMLInputElement | null;
  after?.focus({ preventScroll: true });
  if (selectionStart != null) after?.setSelectionRange?.(selectionStart, selectionEnd ?? null);
}
