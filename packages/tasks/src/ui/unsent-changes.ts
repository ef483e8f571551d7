type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "fourgate board unsent of ";

/** The storage of a user's changes that the server has not acknowledged, in words, for the page that this tab loads next. */
export function keepUnsent(userId: string, changes: readonly string[], storage: () => TabStorage = tabStorage): void {
  try {
    if (changes.length > 0) storage().setItem(KEY + userId, JSON.stringify(changes));
    else storage().removeItem(KEY + userId);
  } catch {
    // a browser that keeps nothing: the page still asks before it is left
  }
}

/** The unsent changes of the previous page; removed when read. */
export function takeUnsent(userId: string, storage: () => TabStorage = tabStorage): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY + userId) ?? "[]");
    storage().removeItem(KEY + userId);
    return Array.isArray(kept) ? kept.filter((change) => typeof change === "string") : [];
  } catch {
    return [];
  }
}

function tabStorage(): TabStorage {
  return globalThis.sessionStorage;
}
