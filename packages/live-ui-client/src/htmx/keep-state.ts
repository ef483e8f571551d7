import { composition } from "../patch/composition.js";
import { createMerges, isField, keepsContent } from "../patch/field-merge.js";
import { mergeAttributes, mergeOpen, setAttribute } from "../patch/merge-attributes.js";

/** The parts of a morph of htmx in which users' state is kept. */
export interface StateKeeper {
  /** False: the element is not morphed. */
  beforeMorphNode(from: Node, to: Node): boolean;
  /** The morph is done. */
  endMorph(): void;
}

/** Keeps what users have typed, selected and opened, by the rule of `beginMerge`; `seenAt` is undefined outside of pages. */
export function keepPeoplesState(seenAt: (element: Element) => number | undefined): StateKeeper {
  const merges = createMerges();

  function beforeMorphNode(from: Node, to: Node): boolean {
    if (!(from instanceof Element && to instanceof Element)) return true;
    const seen = seenAt(from);
    if (seen === undefined) return true;
    if (from === composition.field) return false;
    const isForeign = from.matches("[data-live-ignore],[data-live-hook]") || from.localName.includes("-");
    if (isForeign || keepsContent(from, () => to.innerHTML, seen)) {
      mergeAttributes(from, to);
      return false;
    }
    if (isField(from)) merges.begin(from, seen);
    // what htmx finds equal it leaves alone: it would overwrite what a user sees too
    for (const name of ["value", "checked", "selected"])
      if (isField(from) || from.localName === "option") setAttribute(from, name, to.getAttribute(name));
    if (from instanceof HTMLTextAreaElement) from.defaultValue = (to as HTMLTextAreaElement).defaultValue;
    if (from.localName === "details") mergeOpen(from, to.hasAttribute("open"));
    if (/^(details|dialog)$/.test(from.localName)) to.toggleAttribute("open", from.hasAttribute("open"));
    return true;
  }

  return {
    beforeMorphNode,
    endMorph: merges.end,
  };
}
