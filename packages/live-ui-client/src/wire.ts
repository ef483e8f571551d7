/** HTML, a template by its number with its slots, or several of these. */
export type WireContent = string | readonly WireSlot[];

/** Text, a nested template, a list of templates, or HTML. */
export type WireSlot = string | number | { readonly r: string } | readonly WireSlot[];

/** What is no operation: a page that was opened anew, template texts, the token, the title, an error, an address, fields in which the server wins. */
export interface WireNotice {
  /** The new root, in place of the one that is there; null: the token is refused, and the new root is to be requested by HTTP. */
  readonly f?: string | null;
  readonly s?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly k?: string;
  readonly n?: string;
  readonly e?: LiveFailure;
  readonly u?: string;
  readonly go?: string;
  readonly d?: readonly string[];
}

/** One entry of a reply: an operation as an array, or a notice. */
export type WireEntry = WireNotice | readonly unknown[];

/** The number of the action that this replies to (0: a push), and the entries, in order. */
export type WireReply = readonly [ref: number, ...entries: readonly WireEntry[]];

/** Why an action failed: a code of the server, or `TIMEOUT`, `QUEUE_FULL`, `PATCH_FAILED`, `STOPPED`, `CONNECT_FAILED`, `HTTP_<status>`. */
export interface LiveFailure {
  readonly code: string;
  readonly message: string;
}

/** An action on its way to the server; `a: null` requests fresh content and runs nothing. */
export interface ActionMessage {
  a: string | null;
  readonly p?: string | undefined;
  readonly v?: unknown;
  /** Its number on this page. */
  readonly r: number;
  /** Its identifier, the same at each attempt. */
  readonly i: string;
}
