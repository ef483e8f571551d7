/** Members who listen and speak. */
export const SPEAKERS = ["ada", "ben"] as const;

/** Members who only listen. */
export const LISTENERS = ["cleo", "dan", "eva"] as const;

/** A member whose right to the vault ends midway; asks for it ever after. */
export const FALLEN = "finn";

/** Never a member; asks for the vault all the time. */
export const INTRUDER = "ivo";

export const CAST = [...SPEAKERS, ...LISTENERS, FALLEN, INTRUDER] as const;
