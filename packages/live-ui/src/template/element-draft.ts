import { decodeReferences } from "./character-references.js";
import { isOwnAddress, isOwnStart } from "./safe-address.js";
import type { DynamicAttribute, DynamicText, Piece, Range, TemplateElement, TextSlot, ValueSlot } from "./template.js";

export type Child =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "comment" }
  | { readonly kind: "slot"; readonly slot: TextSlot }
  | { readonly kind: "element"; readonly element: ElementDraft };

/** An element of a template while it is parsed. */
export class ElementDraft implements TemplateElement {
  readonly index: number;
  readonly tag: string;
  readonly parent: ElementDraft | undefined;
  readonly written: ReadonlyMap<string, string>;
  readonly attributes: DynamicAttribute[] = [];
  readonly children: Child[] = [];
  id: TemplateElement["id"];
  readonly #to: { readonly pieces: Piece[]; readonly slots: ValueSlot[] };
  readonly #outerFrom: number;
  #innerFrom = 0;
  #innerTo = 0;
  #outerTo = 0;
  #hasBreak = false;
  #text: DynamicText | undefined;

  constructor(start: {
    readonly index: number;
    readonly tag: string;
    readonly parent: ElementDraft | undefined;
    readonly written: ReadonlyMap<string, string>;
    readonly to: { readonly pieces: Piece[]; readonly slots: ValueSlot[] };
  }) {
    this.index = start.index;
    this.tag = start.tag;
    this.parent = start.parent;
    this.written = start.written;
    this.#to = start.to;
    this.#outerFrom = start.to.pieces.length;
  }

  get outer(): Range {
    return { from: this.#outerFrom, to: this.#outerTo };
  }

  get inner(): Range {
    return { from: this.#innerFrom, to: this.#innerTo };
  }

  get text(): DynamicText | undefined {
    return this.#text;
  }

  /** Whether hidden fields are printed into it: never where it may be sent to another site, which would receive the page's token. */
  get isPostForm(): boolean {
    return this.tag === "form" && this.written.get("method")?.toLowerCase() === "post" && this.#isOwn;
  }

  get #isOwn(): boolean {
    const dynamic = this.attributes.find(({ name }) => name.toLowerCase() === "action");
    if (dynamic) return isOwnStart(dynamic.text?.chunks[0] ?? "");
    const action = decodeReferences(this.written.get("action") ?? "", "attribute");
    return action !== undefined && isOwnAddress(action);
  }

  needId(): void {
    this.id ??= "automatic";
  }

  setId(id: DynamicAttribute): void {
    this.id = id;
    if (id.text?.indexes.length)
      this.parent?.needId(); // whose content is sent when the id changes
    else if (!id.text?.chunks[0]?.trim())
      throw new TypeError(`Template: <${this.tag}> has an empty id. Write one, or none.`);
  }

  takeIndex(): number {
    this.#to.slots.push({ kind: "attribute", element: this, attribute: { name: "", kind: "text", text: undefined } });
    return this.#to.slots.length - 1;
  }

  write(text: string): void {
    this.#to.pieces.push(text);
  }

  addText(attribute: DynamicAttribute, written: { readonly quote: string; readonly chunks: readonly string[] }): void {
    const indexes = this.#add(attribute, written.chunks.length - 1);
    written.chunks.forEach((chunk, at) => {
      this.write(at === 0 ? ` ${attribute.name}=${written.quote}${chunk}` : chunk);
      const index = indexes[at];
      if (index !== undefined) this.#to.pieces.push({ kind: "attribute", index, attribute });
    });
    this.write(written.quote);
  }

  addAddress(attribute: DynamicAttribute): void {
    this.#add(attribute, attribute.text?.indexes.length ?? 0);
    this.write(` ${attribute.name}="`);
    this.#to.pieces.push({ kind: "address", attribute });
    this.write('"');
  }

  addFlag(attribute: DynamicAttribute): void {
    const [index = 0] = this.#add(attribute, 1);
    this.#to.pieces.push({ kind: "flag", index, attribute });
  }

  /** Whether a line break here would be dropped by the parser: then one is written that may be, in front of the content. */
  writeBreak(): boolean {
    if (this.#hasBreak || this.#to.pieces.length !== this.#innerFrom || (this.tag !== "pre" && this.tag !== "textarea"))
      return false;
    this.write("\n");
    this.#innerFrom += 1;
    this.#hasBreak = true;
    return true;
  }

  begin(at: number): void {
    this.#innerFrom = at;
  }

  end(innerTo: number, outerTo: number): void {
    this.#innerTo = innerTo;
    this.#outerTo = outerTo;
    this.#text = this.isPostForm ? undefined : textOfChildren(this.children);
  }

  /** The attribute takes the slots that were made for it last. Returns their indexes. */
  #add(attribute: DynamicAttribute, count: number): readonly number[] {
    this.attributes.push(attribute);
    if (attribute.name.toLowerCase() !== "id") this.needId();
    const { slots } = this.#to;
    const first = slots.length - count;
    for (let index = first; index < slots.length; index += 1)
      slots[index] = { kind: "attribute", element: this, attribute };
    return Array.from({ length: count }, (_, at) => first + at);
  }
}

function textOfChildren(children: readonly Child[]): DynamicText | undefined {
  const chunks = [""];
  const indexes: number[] = [];
  for (const child of children) {
    if (child.kind === "slot") {
      indexes.push(child.slot.index);
      chunks.push("");
    } else if (child.kind === "text") {
      const decoded = decodeReferences(child.text, "text");
      if (decoded === undefined) return undefined;
      chunks[chunks.length - 1] += decoded;
    } else return undefined;
  }
  return indexes.length > 0 ? { chunks, indexes } : undefined;
}
