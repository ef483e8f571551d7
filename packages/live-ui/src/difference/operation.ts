import type { TemplateResult } from "../template/template-result.js";

/** A template, and the path that its own ids are made from. */
export interface PlacedTemplate {
  /** The template with its values. */
  readonly result: TemplateResult;
  /** The names and keys that lead to it from the root. */
  readonly path: string;
}

/** HTML, or templates that an encoder prints, or refers to where the client has their text. */
export type Content = string | readonly PlacedTemplate[];

/** One change of a page. Every target is the id of an element; content of `morph` and `replace` is that element itself. */
export type Operation =
  | { readonly kind: "text"; readonly target: string; readonly text: string }
  /** Null removes the attribute. */
  | { readonly kind: "attributes"; readonly target: string; readonly set: Readonly<Record<string, string | null>> }
  | { readonly kind: "morph"; readonly target: string; readonly content: Content }
  /** The children of the target are morphed. */
  | { readonly kind: "content"; readonly target: string; readonly content: Content }
  | { readonly kind: "replace"; readonly target: string; readonly content: Content }
  | { readonly kind: "append"; readonly target: string; readonly content: Content }
  | { readonly kind: "prepend"; readonly target: string; readonly content: Content }
  /** Inserts before the target. */
  | { readonly kind: "before"; readonly target: string; readonly content: Content }
  /** Moves the target before another child of its parent; null: to the end. */
  | { readonly kind: "move"; readonly target: string; readonly before: string | null }
  | { readonly kind: "delete"; readonly target: string };
