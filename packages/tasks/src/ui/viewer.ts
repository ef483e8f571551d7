/** Somebody who may be on the board. */
export interface BoardPerson {
  readonly userId: string;
  readonly name: string;
}

/** Who looks at the board. */
export interface BoardViewer extends BoardPerson {
  readonly roles: readonly string[];
}

const HUES = [168, 28, 262, 338, 210, 96, 48] as const;

/** A person's own colour, in degrees; the same for everybody who sees them. */
export function hueOf(userId: string): number {
  const sum = [...userId].reduce((total, letter, place) => total + letter.charCodeAt(0) * (place + 1), 0);
  return HUES[sum % HUES.length] ?? HUES[0];
}
