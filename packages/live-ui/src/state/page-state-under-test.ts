import { FakeClock } from "@repo/core-testing";
import { InMemoryStateStore } from "./in-memory-state-store.js";
import type { OpenedPage, PageAt } from "./page-at.js";
import { newInstance, PageState } from "./page-state.js";
import { PageTokens } from "./page-tokens.js";

export const TTL_MS = 3_600_000;
export const WHO = { page: "/counter", userId: "mia", session: "s1" };

export function pageWith(state: unknown): OpenedPage {
  return { ...WHO, params: { id: "1" }, fingerprint: "f1", instance: newInstance(), digest: "d1", state };
}

export function tokenMode() {
  const clock = new FakeClock();
  const tokens = new PageTokens({ secrets: ["a".repeat(32)], ttlMs: TTL_MS, clock });
  return { clock, tokens, pages: new PageState({ tokens }) };
}

export function storeMode() {
  const { clock, tokens } = tokenMode();
  return { clock, tokens, pages: new PageState({ tokens, store: new InMemoryStateStore({ clock }) }) };
}

export async function restored(pages: PageState, token: string): Promise<PageAt> {
  const at = await pages.restore(token, WHO);
  if (!at) throw new Error("The page was not restored.");
  return at;
}

export function committed(result: Awaited<ReturnType<PageState["commit"]>>): PageAt {
  if (result.outcome !== "committed") throw new Error(result.outcome);
  return result.page;
}
