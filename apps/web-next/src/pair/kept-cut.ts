type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "fourgate pair cut off ";

/** The storage of whether a user's connection is cut, for the page that this tab loads next. */
export function keepCut(userId: string, isCut: boolean, storage: () => TabStorage = tabStorage): void {
  try {
    if (isCut) storage().setItem(KEY + userId, "cut");
    else storage().removeItem(KEY + userId);
  } catch {
    // a browser that keeps nothing: a reload restores the connection
  }
}

/** Whether the connection was cut on the previous page. */
export function wasCut(userId: string, storage: () => TabStorage = tabStorage): boolean {
  try {
    return storage().getItem(KEY + userId) !== null;
  } catch {
    return false;
  }
}

function tabStorage(): TabStorage {
  return globalThis.sessionStorage;
}
