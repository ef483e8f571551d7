/** Members that receive and send. */
export const SENDERS = ["ada", "ben"] as const;

/** Members that only receive. */
export const RECEIVERS = ["cleo", "dan", "eva"] as const;

/** A member whose right to the members-only channel ends midway; it subscribes again and again after that. */
export const REVOKED_USER = "finn";

/** Never a member; it subscribes to the members-only channel again and again. */
export const INTRUDER = "ivo";

/** One tab of one user, and its name in the suite. */
export interface ClientIdentity {
  readonly name: string;
  readonly userId: string;
  readonly tab: string;
}

const FIRST_TAB = "1";

/** The clients whose events are checked: each user has one tab, and eva has two. */
export const IDENTITIES: readonly ClientIdentity[] = [
  ...[...SENDERS, ...RECEIVERS, REVOKED_USER, INTRUDER].map((name) => ({ name, userId: name, tab: FIRST_TAB })),
  { name: "eva-2", userId: "eva", tab: "2" },
];

/** A tab of dan's that is closed midway. */
export const SHORT_LIVED: ClientIdentity = { name: "dan-2", userId: "dan", tab: "2" };
