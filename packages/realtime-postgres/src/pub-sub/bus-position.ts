/** How far a reader has read: everything that this snapshot sees, on this run of the server. */
export interface BusPosition {
  /** Transactions from this one on had not begun. */
  readonly xmax: string;
  /** Transactions below that were still in progress. */
  readonly inProgress: readonly string[];
  /** When the server started; the crash of one connection's process does not change it. */
  readonly serverStart: string;
}

/**
 * Does a position that is read later continue this one? After a crash the table is empty, and numbers of transactions may be given a second
 * time; so a reader begins anew, and may receive a text again after an orderly restart.
 */
export function isContinuedBy(position: BusPosition, later: BusPosition): boolean {
  return later.serverStart === position.serverStart && BigInt(later.xmax) >= BigInt(position.xmax);
}

/** The position of a snapshot as text: `xmin:xmax:xip,xip`. */
export function positionOf(snapshot: string, serverStart: string): BusPosition {
  const [, xmax = "0", inProgress = ""] = snapshot.split(":");
  return { xmax, inProgress: inProgress === "" ? [] : inProgress.split(","), serverStart };
}

/** The beginning of the table, on this run of the server. */
export function startOf(serverStart: string): BusPosition {
  return { xmax: "0", inProgress: [], serverStart };
}
