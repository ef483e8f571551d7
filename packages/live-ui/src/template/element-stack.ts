import { ElementDraft, type Child } from "./element-draft.js";
import { isBlank, nestingRefusal, refusesText, textPlace, VOID_ELEMENTS } from "./nesting-rules.js";
import type { TemplateSource } from "./template-source.js";
import type { Piece, Template, TemplateElement, TextSlot, ValueSlot } from "./template.js";

/** The pieces of a template while it is parsed, and its open elements. */
export class ElementStack {
  readonly pieces: Piece[] = [];
  readonly slots: ValueSlot[] = [];
  readonly #source: TemplateSource;
  readonly #open: ElementDraft[] = [];
  readonly #elements: ElementDraft[] = [];
  readonly #top: Child[] = [];

  constructor(source: TemplateSource) {
    this.#source = source;
  }

  get innermost(): ElementDraft | undefined {
    return this.#open.at(-1);
  }

  text(text: string): void {
    const parent = this.innermost;
    if (refusesText(parent?.tag) && !isBlank(text))
      throw this.#source.refusal(`text directly inside <${parent?.tag}>`, "write it into a cell");
    const kept = text.startsWith("\n") && parent?.writeBreak() === true ? text.slice(1) : text;
    if (kept === "") return;
    this.pieces.push(kept);
    this.#children.push({ kind: "text", text: kept });
  }

  comment(text: string): void {
    this.pieces.push(text);
    this.#children.push({ kind: "comment" });
  }

  slot(): void {
    const owner = this.innermost;
    owner?.writeBreak();
    owner?.needId();
    const place = textPlace(this.#open.map(({ tag }) => tag));
    const slot = {
      kind: "text" as const,
      index: this.slots.length,
      owner,
      isFirst: false,
      isLast: false,
      next: undefined,
      place,
    };
    this.slots.push(slot);
    this.pieces.push({ kind: "text", index: slot.index, slot });
    this.#children.push({ kind: "slot", slot });
  }

  open(tag: string, begin: string, written: ReadonlyMap<string, string>): ElementDraft {
    const refusal = nestingRefusal(
      this.#open.map((element) => element.tag),
      tag,
    );
    if (refusal !== undefined) throw this.#source.refusal("wrong nesting", refusal);
    const element = new ElementDraft({ index: this.#elements.length, tag, parent: this.innermost, written, to: this });
    this.#elements.push(element);
    this.#children.push({ kind: "element", element });
    this.pieces.push(begin, { kind: "start", element });
    return element;
  }

  /** The start tag has ended. */
  opened(element: ElementDraft, isClosed: boolean): void {
    const isEmpty = VOID_ELEMENTS.has(element.tag) || (isClosed && this.#isForeign(element));
    this.pieces.push(isClosed && isEmpty ? "/>" : ">");
    element.begin(this.pieces.length);
    if (isEmpty) return element.end(this.pieces.length, this.pieces.length);
    if (isClosed)
      throw this.#source.refusal(`<${element.tag}/>`, `browsers do not end it here: write </${element.tag}>`);
    if (element.isPostForm) this.pieces.push({ kind: "hidden", action: element.written.get("data-live-submit") });
    this.#open.push(element);
  }

  close(tag: string, text: string): void {
    const element = this.#open.pop();
    if (element?.tag !== tag)
      throw this.#source.refusal(
        text,
        element ? `<${element.tag}> is open: write </${element.tag}> before it` : "no such element is open",
      );
    const innerTo = this.pieces.length;
    this.pieces.push(text);
    element.end(innerTo, this.pieces.length);
  }

  finish(strings: TemplateStringsArray): Template {
    const open = this.innermost;
    if (open) throw this.#source.refusal(`<${open.tag}> is not ended`, `write </${open.tag}>`);
    for (const children of [this.#top, ...this.#elements.map((element) => element.children)]) placeSlots(children);
    const top = this.#top.filter((child) => !isInvisible(child));
    const [only] = top;
    return {
      strings,
      pieces: this.pieces,
      elements: this.#elements,
      slots: this.slots,
      root: top.length === 1 && only?.kind === "element" ? only.element : undefined,
      tags: top.flatMap((child) => (child.kind === "element" ? [child.element.tag] : [])),
    };
  }

  get #children(): Child[] {
    return this.innermost?.children ?? this.#top;
  }

  #isForeign(element: TemplateElement | undefined): boolean {
    if (element === undefined) return false;
    if (element.tag === "svg" || element.tag === "math") return true;
    return element.parent?.tag !== "foreignobject" && this.#isForeign(element.parent);
  }
}

/** What is beside each text slot. */
function placeSlots(children: readonly Child[]): void {
  const visible = children.filter((child) => !isInvisible(child));
  visible.forEach((child, at) => {
    if (child.kind !== "slot") return;
    const next = visible[at + 1];
    const slot: { -readonly [Key in keyof TextSlot]: TextSlot[Key] } = child.slot;
    slot.isFirst = at === 0;
    slot.isLast = next === undefined;
    slot.next = next?.kind === "element" ? next.element : undefined;
  });
}

function isInvisible(child: Child): boolean {
  return child.kind === "text" && isBlank(child.text);
}
