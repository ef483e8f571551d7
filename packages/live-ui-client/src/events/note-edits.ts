import { composition, endComposition } from "../patch/composition.js";
import { forgetEdits, noteEdit, noteEditable } from "../patch/field-merge.js";
import { noteDetails } from "../patch/merge-attributes.js";

/** Records edits in the capture phase, before other listeners run. */
export function noteEdits(signal: AbortSignal): void {
  const on = (type: string, note: (target: HTMLElement) => void) =>
    document.addEventListener(type, ({ target }) => target instanceof HTMLElement && note(target), {
      signal,
      capture: true,
    });
  on("input", noteEdit);
  on("change", noteEdit);
  on("reset", (form) => forgetEdits((form as HTMLFormElement).elements));
  on("beforeinput", noteEditable);
  on("click", (target) => target.closest("summary") && noteDetails(document));
  on("compositionstart", (target) => (composition.field = target));
  on("compositionend", endComposition);
}
