/** Binds one after the other; where one cannot be, those before it are taken back. Returns the undo of all. */
export function bindInTurn(steps: readonly (() => () => void)[]): () => void {
  const undo: (() => void)[] = [];
  const unbind = () => undo.splice(0).forEach((undoOne) => undoOne());
  try {
    for (const bind of steps) undo.push(bind());
  } catch (error) {
    unbind();
    throw error;
  }
  return unbind;
}
