const RELOADED_FOR = "fourgate board reloaded for";

/** Whom a page was rendered for, and as whom its connection speaks. */
export interface PageAndSpeaker {
  readonly viewerId: string;
  readonly speaker: string | null;
}

/** Whether a page is to be loaded anew: somebody else has signed in since, in another tab. Once, until it has helped. */
export function mustReload(
  { viewerId, speaker }: PageAndSpeaker,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): boolean {
  if (speaker === viewerId) {
    storage.removeItem(RELOADED_FOR);
    return false;
  }
  if (storage.getItem(RELOADED_FOR) === viewerId) return false;
  storage.setItem(RELOADED_FOR, viewerId);
  return true;
}
