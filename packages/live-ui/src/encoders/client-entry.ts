/** A value of a slot: text that the client escapes, a template, a list of templates, or HTML. */
export type ClientSlot = string | number | ClientReference | readonly ClientReference[] | { readonly r: string };

/**
 * The text of a template: between two neighbouring strings is a slot. A number is the id of an element: the instance's path, `_` and the
 * number. The path is sent once, before the values of the slots, however many ids a template has.
 */
export type ClientTemplate = readonly (string | number)[];

/** A template by its number, the path of the instance where its text has ids, and the values of its slots. */
export type ClientReference = readonly [number, ...ClientSlot[]];

/** HTML, a template, or templates one behind the other. */
export type ClientContent = string | ClientReference | readonly ClientReference[];

/** A change of the page, as our own client reads it. */
export type ClientEntry =
  | readonly [id: string]
  | readonly [id: string, text: string]
  | readonly ["@", id: string, set: Readonly<Record<string, string | null>>]
  | readonly [action: "m" | "c" | "r" | "+" | "^" | "<", id: string, content: ClientContent]
  | readonly [">", id: string, before: string | null]
  | { readonly s: Readonly<Record<string, ClientTemplate>> };
