import type { JsonValue } from "./json-value.js";

/** The state of one open page. */
export interface StoredState {
  /** Counts the changes. */
  readonly version: number;
  /** Of the schema that `state` was made by. */
  readonly fingerprint: string;
  /** The state as text; only the page reads it. */
  readonly state: JsonValue;
  /** Of the content that the browser shows. */
  readonly digest?: string | undefined;
  /** Keys of the last events that changed the state, oldest first. */
  readonly events: readonly string[];
}

/**
 * Where the states of open pages are kept, for all nodes.
 * MUST let exactly one of many swaps at once from the same version succeed. MUST give every node what another has written, at once.
 * MUST take any text as an id, and return a record as it was passed. MUST refuse a record above `MAX_RECORD_BYTES` with a `TypeError`.
 * MUST forget what has expired, and bound what it keeps. MUST NOT let a claim and a state with the same id meet.
 */
export interface IStateStore {
  /** Replaces what the id has. */
  create(id: string, record: StoredState, ttlMs: number): Promise<void>;
  /** Undefined where there is none, or it has expired. Does not prolong it. */
  read(id: string): Promise<StoredState | undefined>;
  /** Replaces the record if it still has this version, and keeps it `ttlMs` from now. False: another one was faster, or it has expired. */
  swap(id: string, expectedVersion: number, next: NextState): Promise<boolean>;
  /** Forgets what the id has; nothing where there is none. */
  delete(id: string): Promise<void>;
  /** True for the first caller with this key, false for all others within `ttlMs`. */
  claimOnce(key: string, ttlMs: number): Promise<boolean>;
}

/** What a state becomes. */
export interface NextState {
  /** The state, with its version. */
  readonly record: StoredState;
  /** How long it is kept, in milliseconds. */
  readonly ttlMs: number;
}
