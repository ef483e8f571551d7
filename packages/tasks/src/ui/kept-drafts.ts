import type { Notice } from "./use-notices.js";

type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What somebody has written and the server has refused. */
export type KeptDraft = Pick<Notice, "taskId" | "text" | "draft" | "isConflict">;

const KEY = "fourgate board drafts of ";

/** Keeps somebody's refused texts for the page that this tab loads next. */
export function keepDrafts(userId: string, drafts: readonly KeptDraft[], storage: () => TabStorage = tabStorage): void {
  try {
    if (drafts.length > 0) storage().setItem(KEY + userId, JSON.stringify(drafts));
    else storage().removeItem(KEY + userId);
  } catch {
    // a browser that keeps nothing: the texts are there for as long as the page is
  }
}

/** Their refused texts of the page before this one. */
export function keptDrafts(userId: string, storage: () => TabStorage = tabStorage): readonly KeptDraft[] {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY + userId) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isDraft) : [];
  } catch {
    return [];
  }
}

function isDraft(value: unknown): value is KeptDraft {
  return typeof value === "object" && value !== null && "text" in value && typeof value.text === "string";
}

function tabStorage(): TabStorage {
  return globalThis.sessionStorage;
}
