const RELOADED_FOR = "fourgate board reloaded for";

/** The user of a rendered page, and the user of its connection. */
export interface PageAndSpeaker {
  readonly viewerId: string;
  readonly speaker: string | null;
}

type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Whether a page is to be loaded anew: somebody else has signed in since, in another tab. Once, until it has helped. */
export function mustReload(page: PageAndSpeaker, storage: () => TabStorage): boolean {
  try {
    return mustReloadOnce(page, storage());
  } catch {
    return false; // a browser that keeps nothing could not distinguish the first time from the hundredth
  }
}

function mustReloadOnce({ viewerId, speaker }: PageAndSpeaker, storage: TabStorage): boolean {
  if (speaker === viewerId) {
    storage.removeItem(RELOADED_FOR);
    return false;
  }
  if (storage.getItem(RELOADED_FOR) === viewerId) return false;
  storage.setItem(RELOADED_FOR, viewerId);
  return true;
}
