const waiting: (() => void)[] = [];

/** The field into which text is being composed by an input method: nothing is applied to it meanwhile. */
export const composition: { field: Element | undefined } = { field: undefined };

/** Does this when the composition has ended. */
export function postpone(change: () => void): void {
  waiting.push(change);
}

/** Ends the composition, and does what has waited for it. */
export function endComposition(): void {
  composition.field = undefined;
  for (const change of waiting.splice(0)) change();
}
