import { parseTemplate } from "./parse-template.js";
import type { Piece, PrintSlot, Range, Template, TemplateElement } from "./template.js";

/** A template, or a part of it, as it is printed: `statics` has one more than `slots`. Values keep the indexes of the whole template. */
export interface TemplateForm {
  readonly template: Template;
  /** What a TemplateResult of this form has as its strings. */
  readonly strings: TemplateStringsArray;
  readonly statics: readonly string[];
  readonly slots: readonly PrintSlot[];
}

const FORMS = new WeakMap<TemplateStringsArray, TemplateForm>();
const PARTS = new WeakMap<TemplateElement, { inner?: TemplateForm; outer?: TemplateForm }>();

/** The form of a call site, or of a part that `partOf` made. */
export function formOf(strings: TemplateStringsArray): TemplateForm {
  const known = FORMS.get(strings);
  if (known) return known;
  const template = parseTemplate(strings);
  const form = { template, strings, ...joinPieces(template.pieces, undefined) };
  FORMS.set(strings, form);
  return form;
}

export function templateOf(strings: TemplateStringsArray): Template {
  return formOf(strings).template;
}

/** An element, or its content. An element of its own always has an id. */
export function partOf(template: Template, element: TemplateElement, part: "inner" | "outer"): TemplateForm {
  const parts = PARTS.get(element) ?? {};
  PARTS.set(element, parts);
  return (parts[part] ??= makePart(template, element[part], part === "outer" ? element : undefined));
}

/** The form of a row: its root element with an id, without the white space around it. */
export function rowFormOf(strings: TemplateStringsArray): TemplateForm {
  const { template } = formOf(strings);
  return partOf(template, rowRoot(template), "outer");
}

export function rowRoot({ root, strings }: Template): TemplateElement {
  if (root) return root;
  throw new TypeError(
    `A row of each() has one root element, and nothing beside it. The template begins ${strings[0]?.trim().slice(0, 60)}`,
  );
}

function makePart(template: Template, { from, to }: Range, withId: TemplateElement | undefined): TemplateForm {
  const { statics, slots } = joinPieces(template.pieces.slice(from, to), withId);
  const strings = Object.assign([...statics], { raw: statics });
  const form = { template, strings, statics, slots };
  FORMS.set(strings, form);
  return form;
}

function joinPieces(pieces: readonly Piece[], withId: TemplateElement | undefined) {
  const statics = [""];
  const slots: PrintSlot[] = [];
  const write = (text: string) => {
    statics[statics.length - 1] += text;
  };
  const add = (slot: PrintSlot) => {
    slots.push(slot);
    statics.push("");
  };
  for (const piece of pieces) {
    if (typeof piece === "string") write(piece);
    else if (piece.kind !== "start") add(piece);
    else if (piece.element.id === "automatic" || (piece.element === withId && piece.element.id === undefined)) {
      write(' id="');
      add({ kind: "id", element: piece.element });
      write('"');
    }
  }
  return { statics, slots };
}
