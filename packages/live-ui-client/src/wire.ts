/** HTML, a template by its number with its slots, or several of these. */
export type WireContent = string | readonly WireSlot[];

/** Text, a nested template, a list of templates, or HTML. */
export type WireSlot = string | number | { readonly r: string } | readonly WireSlot[];

/** What is no operation: a page that was opened anew, template texts, the token, the title, an error, an address, fields in which the server wins. */
export interface WireNotice {
  /** The new root, in place of the one that is there; null: the token is refused, and the new root is to be requested by HTTP. */
  readonly f?: string | null;
  /** Texts of templates, by the template's name. */
  readonly s?: Readonly<Record<string, readonly (string | number)[]>>;
  /** The page's token from now on. */
  readonly k?: string;
  /** The document's title. */
  readonly n?: string;
  /** Why the action failed. */
  readonly e?: LiveFailure;
  /** The URL for the address bar; the page is not opened anew. */
  readonly u?: string;
  /** The URL of another page, to be opened. */
  readonly go?: string;
  /** Forms by id that are reset, and fields by name in which the server's value wins over what is typed. */
  readonly d?: readonly string[];
}

/** One entry of a reply: an operation as an array, or a notice. */
export type WireEntry = WireNotice | readonly unknown[];

/** The number of the action that this replies to (0: a push), and the entries, in order. */
export type WireReply = readonly [ref: number, ...entries: readonly WireEntry[]];

/** Why an action failed: a code of the server, or `TIMEOUT`, `QUEUE_FULL`, `PATCH_FAILED`, `STOPPED`, `CONNECT_FAILED`, `HTTP_<status>`. */
export interface LiveFailure {
  /** The kind of failure. */
  readonly code: string;
  /** One sentence, for a log or the page. */
  readonly message: string;
}

/** An action on its way to the server; `a: null` requests fresh content and runs nothing. */
export interface ActionMessage {
  /** The action's name. */
  a: string | null;
  /** The path of the component whose action it is; undefined for the page's own. */
  readonly p?: string | undefined;
  /** The action's input. */
  readonly v?: unknown;
  /** Its number on this page. */
  readonly r: number;
  /** Its identifier, the same at each attempt. */
  readonly i: string;
}
