import type { PresenceMember } from "@repo/realtime-react";
import { hueOf, type BoardPerson } from "./viewer.js";

/** The presence meta of a tab. */
export interface Look {
  readonly looksAt?: string | undefined;
}

/** A tab on the board: whose it is by the server's word and the page's, and by its own only what it looks at. */
export interface Looker extends BoardPerson, Look {
  readonly connectionId: string;
  readonly hue: number;
}

/** Whose tab this is; somebody whom the page does not know goes by their id. */
export function lookerOf(
  { connectionId, userId, meta }: PresenceMember<Look>,
  known: readonly BoardPerson[],
): Looker | undefined {
  if (userId === null) return undefined; // nobody comes here without having signed in
  const name = known.find((person) => person.userId === userId)?.name ?? userId;
  return { connectionId, userId, name, hue: hueOf(userId), looksAt: meta?.looksAt };
}
