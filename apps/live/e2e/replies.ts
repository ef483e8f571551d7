import type { Page } from "@playwright/test";

type Reply = readonly [ref: number, ...entries: readonly unknown[]];

/** The replies that a page has received so far, oldest first, whatever brought them: as the page itself lists them, with tokens cut short. */
export async function repliesOf(page: Page): Promise<readonly Reply[]> {
  const lines = await page.locator("#wire code").allTextContents();
  return lines.toReversed().map((line) => JSON.parse(line) as Reply);
}

/** The operations of a reply: without the token, template texts and other news. */
export function operationsOf([, ...entries]: Reply): readonly unknown[] {
  return entries.filter((entry) => Array.isArray(entry));
}
