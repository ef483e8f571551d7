/** The bounds of one member, one user and one list. */
export interface PresenceBounds {
  /** Bytes of one member's `meta` as JSON. Beyond: PAYLOAD_INVALID. */
  readonly maxMetaBytes: number;
  /** Members of one user on one channel. Beyond: the tab is not listed until another one has left. */
  readonly maxTabs: number;
  /** Members of one channel. Beyond: not listed until another one has left. */
  readonly maxMembers: number;
  /** Bytes of all members of one channel as JSON. Beyond: not listed, and an update is not taken, until there is room. */
  readonly maxListBytes: number;
  /** Bytes of one piece of the list, and at least one member. */
  readonly pageBytes: number;
}

/** The bound that a list has reached. */
export type ReachedBound = "tabs" | "members" | "bytes";

/** The defaults, each with its reason. */
export const DEFAULT_BOUNDS: PresenceBounds = {
  maxMetaBytes: 8 * 1024, // a status, a selection, a cursor; not a picture
  maxTabs: 20, // more than a user can look at
  maxMembers: 1_000, // a longer list is an audience: count it, do not list it
  maxListBytes: 4 * 1024 * 1024, // 64 pieces: what a client may request within its burst and two seconds
  pageBytes: 64 * 1024, // 400 members without meta; a sixteenth of what may wait for one reader
};

/** The defaults with an app's numbers over them; refuses what is no whole number of at least 1. */
export function withDefaultBounds(bounds: Partial<PresenceBounds> = {}): PresenceBounds {
  for (const [name, value] of Object.entries(bounds))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new TypeError(`createPresence: bounds.${name} must be a whole number of at least 1, got ${String(value)}.`);
  return { ...DEFAULT_BOUNDS, ...bounds };
}
