/** Somebody to write to. */
export interface Person {
  readonly userId: string;
  readonly name: string;
}

/** Who looks at the page. */
export interface Viewer extends Person {
  readonly roles: readonly string[];
}

/** One channel of the list: its name on the wire, and its scope as text. */
export interface ChannelRow {
  readonly name: string;
  readonly scope: string;
  readonly joinAtOnce: boolean;
}

/** All that the server hands to the desk. */
export interface Desk {
  readonly viewer: Viewer | undefined;
  readonly people: readonly Person[];
  readonly channels: readonly ChannelRow[];
  readonly pingChannel: string;
  readonly staffChannel: string;
  /** Undefined for a visitor, who has no inbox. */
  readonly inboxChannel: string | undefined;
}
