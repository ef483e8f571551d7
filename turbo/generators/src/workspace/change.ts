/** One file as it is (undefined: not yet there) and as it shall be (undefined: not there any more). */
export interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A change of a file that stays. */
export interface FileChange extends Change {
  readonly before: string;
  readonly after: string;
}

/** Only what differs: a second run plans nothing. */
export function realChanges(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ before, after }) => before !== after);
}
