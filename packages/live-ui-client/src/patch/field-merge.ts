import { caretOf } from "./keep-focus.js";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The number of the last action that carried a field's last edit; Infinity where none has. */
const edits = new WeakMap<Element, number>();

/** What the server rendered into an editable element before a user edited it. */
const editables = new WeakMap<Element, string>();

/** Whether a user may change it. */
export function isField(node: unknown): node is Field {
  return /^(INPUT|TEXTAREA|SELECT)$/.test((node as Element).tagName);
}

/** A user has changed this element. */
export function noteEdit(element: Element): void {
  for (const one of groupOf(element)) edits.set(one, Infinity);
}

/** An action has carried the values of these elements; Infinity: it failed, and the server has not seen them. */
export function noteCarried(elements: readonly Element[], ref: number): void {
  for (const element of elements.flatMap(groupOf)) if (edits.has(element)) edits.set(element, ref);
}

/** A form is reset: nothing of these elements has been edited any more. */
export function forgetEdits(elements: Iterable<Element>): void {
  for (const element of elements) edits.delete(element);
}

/** An editable element is about to be changed: keeps what the server has rendered. */
export function noteEditable(target: Element): void {
  const host = target.closest("[contenteditable]");
  if (host && !editables.has(host)) editables.set(host, host.innerHTML);
}

/** Whether a user's content of an editable element stays, instead of this HTML of the server. */
export function keepsContent(element: Element, htmlOf: () => string, seen: number): boolean {
  const rendered = editables.get(element);
  if (rendered === undefined) return false;
  const html = htmlOf();
  editables.set(element, html);
  return rendered === html || !hasSeen(element, seen);
}

/**
 * Begins a change of a field by the server, and returns its end: the server's value wins where it is another than before and a reply has seen
 * the last edit; otherwise what the user sees stays. The caret stays where it was, and at the end where it was there.
 */
export function beginMerge(field: Field, seen: number): () => void {
  const rendered = valueOf(field, true);
  const shown = valueOf(field, false);
  const placeCaret = caretOf(field as HTMLInputElement);
  return () => {
    const isNew = valueOf(field, true) !== rendered && hasSeen(field, seen);
    if (isNew || !show(field, shown)) showRendered(field, placeCaret);
  };
}

/** Merges of several fields, which end together. */
export interface Merges {
  /** Begins the merge of a field, unless that has begun before. */
  begin(field: Field, seen: number): void;
  end(): void;
}

export function createMerges(): Merges {
  const begun = new Set<Element>();
  const ends: (() => void)[] = [];
  return {
    begin(field, seen) {
      const group = groupOf(field);
      if (!group.some((one) => begun.has(one))) ends.push(beginMerge(field, seen));
      for (const one of group) begun.add(one);
    },
    end() {
      begun.clear();
      for (const end of ends.splice(0)) end();
    },
  };
}

/** Those of these fields that show another value than the server has rendered. */
export function unsavedFields(elements: Iterable<Element>): readonly Element[] {
  return [...elements].filter((field) => isField(field) && valueOf(field, false) !== valueOf(field, true));
}

/** Shows the server's value, whatever a user has typed, with the caret where it was. */
export function showRendered(field: Field, placeCaret = caretOf(field as HTMLInputElement)): void {
  edits.delete(field);
  show(field, valueOf(field, true));
  if (field === document.activeElement) placeCaret(field as HTMLInputElement);
}

function hasSeen(element: Element, seen: number): boolean {
  return !((edits.get(element) as number) > seen); // also where it was never edited
}

/** The radio buttons of one name are one field. */
function groupOf(element: Element): readonly Element[] {
  const { type, name, form } = element as HTMLInputElement;
  if (type !== "radio") return [element];
  return [...(form ?? document).querySelectorAll(`[type=radio][name="${CSS.escape(name)}"]`)];
}

/** An option, a radio button or a checkbox. */
type Choice = Pick<HTMLOptionElement, "selected" | "defaultSelected"> &
  Pick<HTMLInputElement, "checked" | "defaultChecked" | "type" | "value">; // or some of it

/** What a user chooses from; undefined where the field has a value of its own. */
function choicesOf(field: Field): readonly Choice[] | undefined {
  if ("options" in field) return [...field.options] as readonly unknown[] as readonly Choice[];
  return /box|radio/.test(field.type) ? (groupOf(field) as readonly unknown[] as readonly Choice[]) : undefined;
}

const keyOf = ({ type, value }: Choice) => type === "checkbox" || value; // it may be checked under another value

function valueOf(field: Field, isRendered: boolean): string {
  const choices = choicesOf(field);
  if (!choices) return isRendered ? (field as HTMLInputElement).defaultValue : field.value;
  const selected = isRendered ? "defaultSelected" : "selected";
  const checked = isRendered ? "defaultChecked" : "checked";
  return JSON.stringify(choices.filter((one) => one["options" in field ? selected : checked]).map(keyOf));
}

/** Shows a value. False: what was chosen is gone. */
function show(field: Field, value: string): boolean {
  const choices = choicesOf(field);
  if (valueOf(field, false) === value) return true;
  if (choices) {
    const wanted = JSON.parse(value) as readonly unknown[];
    for (const one of choices) one["options" in field ? "selected" : "checked"] = wanted.includes(keyOf(one));
    if (valueOf(field, false) !== "[]" || (field as HTMLSelectElement).multiple) return true;
    if (wanted.length) return false;
    if ("options" in field) field.selectedIndex = 0;
  } else if (field.type !== "file") field.value = value;
  return true;
}
