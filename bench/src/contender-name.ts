/** Who runs, by the name in the tables: each of ours behind what it is measured against. */
export const CONTENDER_NAMES = ["ws", "Fourgate ws", "Socket.IO", "Fourgate Socket.IO"] as const;

export type ContenderName = (typeof CONTENDER_NAMES)[number];

/** Whom each of ours is measured against. */
export const BASELINES: Readonly<Partial<Record<ContenderName, ContenderName>>> = {
  "Fourgate ws": "ws",
  "Fourgate Socket.IO": "Socket.IO",
};
