type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "fourgate board unsent";

/** Writes down the changes that the server has not acknowledged, in words, for the page that this tab loads next. */
export function keepUnsent(changes: readonly string[], storage: () => TabStorage = tabStorage): void {
  try {
    if (changes.length > 0) storage().setItem(KEY, JSON.stringify(changes));
    else storage().removeItem(KEY);
  } catch {
    // a browser that keeps nothing: the page still asks before it is left
  }
}

/** The changes that the page before this one took with it; each is given out once. */
export function takeUnsent(storage: () => TabStorage = tabStorage): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? "[]");
    storage().removeItem(KEY);
    return Array.isArray(kept) ? kept.filter((change) => typeof change === "string") : [];
  } catch {
    return [];
  }
}

function tabStorage(): TabStorage {
  return globalThis.sessionStorage;
}
