/** Who runs, by the name in the tables: each of ours behind what it is measured against. */
export const CONTENDER_NAMES = [
  "ws",
  "Hand-written ws",
  "Fourgate ws",
  "Socket.IO",
  "Hand-written Socket.IO",
  "Fourgate Socket.IO",
  "SSE",
  "Fourgate SSE",
] as const;

export type ContenderName = (typeof CONTENDER_NAMES)[number];

/** The plain library that each of ours is measured against, which the goals are compared with. */
export const BASELINES: Readonly<Partial<Record<ContenderName, ContenderName>>> = {
  "Fourgate ws": "ws",
  "Fourgate Socket.IO": "Socket.IO",
  "Fourgate SSE": "SSE",
};

/** The plain library with the checks of a careful team, shown beside. */
export const HAND_WRITTEN: Readonly<Partial<Record<ContenderName, ContenderName>>> = {
  "Fourgate ws": "Hand-written ws",
  "Fourgate Socket.IO": "Hand-written Socket.IO",
};

/** Formats of others that do not run here: computed from their documentation. */
export const COMPUTED_NAMES = ["Phoenix", "Centrifugo"] as const;

/** A column of a table. */
export type ColumnName = ContenderName | (typeof COMPUTED_NAMES)[number];

/** Those without the checks written by hand: where nothing is checked, these cost what the plain ones cost. */
export const PLAIN_AND_OURS: readonly ContenderName[] = CONTENDER_NAMES.filter((name) => !name.startsWith("Hand"));

/** Those that send both ways over one socket. */
export const WITHOUT_SSE: readonly ContenderName[] = CONTENDER_NAMES.filter((name) => !name.endsWith("SSE"));
