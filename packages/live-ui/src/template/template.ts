/** What one call site of `html` is made of. It is computed once, and shared by all its results. */
export interface Template {
  readonly strings: TemplateStringsArray;
  /** The markup in order: text, places of values, and the places where an id may be added. */
  readonly pieces: readonly Piece[];
  readonly elements: readonly TemplateElement[];
  /** By the index of the value. */
  readonly slots: readonly ValueSlot[];
  /** The only element of the top level, where nothing but white space is beside it. */
  readonly root: TemplateElement | undefined;
  /** The names of the elements of the top level. */
  readonly tags: readonly string[];
}

export type Piece = string | PrintSlot | { readonly kind: "start"; readonly element: TemplateElement };

/** A place whose text is not known before the template is printed. */
export type PrintSlot =
  | { readonly kind: "text"; readonly index: number; readonly slot: TextSlot }
  | { readonly kind: "attribute"; readonly index: number; readonly attribute: DynamicAttribute }
  /** A whole attribute value, because all of it decides whether the address is safe. */
  | { readonly kind: "address"; readonly attribute: DynamicAttribute }
  | { readonly kind: "flag"; readonly index: number; readonly attribute: DynamicAttribute }
  | { readonly kind: "id"; readonly element: TemplateElement }
  | { readonly kind: "hidden"; readonly action: string | undefined };

export interface TemplateElement {
  /** Its place among all start tags of the template: part of an automatic id. */
  readonly index: number;
  readonly tag: string;
  readonly parent: TemplateElement | undefined;
  /** Undefined: it has no id of its own and needs none. */
  readonly id: "automatic" | DynamicAttribute | undefined;
  /** Attributes with slots. */
  readonly attributes: readonly DynamicAttribute[];
  /** The text around its slots, decoded, where it holds nothing but text. */
  readonly text: DynamicText | undefined;
  /** Indexes of pieces. */
  readonly outer: Range;
  readonly inner: Range;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Text with values in between: `chunks` has one more. Decoded: no character references. */
export interface DynamicText {
  readonly chunks: readonly string[];
  readonly indexes: readonly number[];
}

export interface DynamicAttribute {
  readonly name: string;
  readonly kind: "text" | "flag" | "address" | "addresses";
  /** Undefined where a character reference of the text is not known here. */
  readonly text: DynamicText | undefined;
}

export type ValueSlot = TextSlot | AttributeSlot;

export interface AttributeSlot {
  readonly kind: "attribute";
  readonly element: TemplateElement;
  readonly attribute: DynamicAttribute;
}

export interface TextSlot {
  readonly kind: "text";
  readonly index: number;
  readonly owner: TemplateElement | undefined;
  /** Nothing but white space is before it in its owner. */
  readonly isFirst: boolean;
  /** Nothing but white space is behind it in its owner. */
  readonly isLast: boolean;
  /** The element directly behind it. */
  readonly next: TemplateElement | undefined;
  readonly place: TextPlace;
}

/** What a text slot may hold: text alone, no text but certain elements, or anything but certain elements. */
export type TextPlace =
  | { readonly kind: "any" }
  | { readonly kind: "text"; readonly tag: string }
  | { readonly kind: "only"; readonly tag: string; readonly allowed: ReadonlySet<string> }
  /** Elements that may not be inside one of these, or that would end one. */
  | { readonly kind: "not"; readonly open: readonly string[] };
