/** Members who listen and send. */
export const SPEAKERS = ["ada", "ben"] as const;

/** Members who only listen. */
export const LISTENERS = ["cleo", "dan", "eva"] as const;

/** A member whose right to the vault ends midway; asks for it ever after. */
export const FALLEN = "finn";

/** Never a member; asks for the vault all the time. */
export const INTRUDER = "ivo";

/** One tab of one person, and what the suite calls it. */
export interface Role {
  readonly name: string;
  readonly userId: string;
  readonly tab: string;
}

const FIRST_TAB = "1";

/** Everybody who bears witness: each has one tab, and eva has two. */
export const CAST: readonly Role[] = [
  ...[...SPEAKERS, ...LISTENERS, FALLEN, INTRUDER].map((name) => ({ name, userId: name, tab: FIRST_TAB })),
  { name: "eva-2", userId: "eva", tab: "2" },
];

/** A tab of dan's that is closed midway. */
export const PASSER_BY: Role = { name: "dan-2", userId: "dan", tab: "2" };
