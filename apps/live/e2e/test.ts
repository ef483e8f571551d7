import { test as base, expect, type Page } from "@playwright/test";
import { ServerProcess } from "./server-process";

/** How a page's actions reach the server; `forms` is a browser without JavaScript. */
export type Mode = "forms" | "ajax" | "sse" | "ws";

/** What a project of playwright.config.ts sets. */
export interface ModeOptions {
  readonly mode: Mode;
}

interface WorkerFixtures {
  /** One for all tests of a project. */
  readonly server: ServerProcess;
}

interface TestFixtures extends ModeOptions {
  /** Opens an example, and waits until its transport is in use. */
  readonly open: (path: string, mode?: Mode) => Promise<Page>;
  /** As `open`, in a browser of its own. */
  readonly openElsewhere: (path: string, mode?: Mode) => Promise<Page>;
}

const WORDS: Readonly<Record<Mode, string>> = { forms: "Forms", ajax: "AJAX", sse: "SSE", ws: "WebSocket" };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  mode: ["ws", { option: true }],
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads off the pattern which fixtures are needed: none
    async ({}, provide) => {
      const server = await ServerProcess.start();
      await provide(server);
      expect(await server.stop()).toBe(0);
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ server }, provide) => provide(server.url),
  page: async ({ page }, provide) => {
    const problems = problemsOf(page);
    await provide(page);
    expect(problems).toEqual([]);
  },
  open: async ({ page, mode: own }, provide) => {
    await provide(async (path, mode = own) => visit(page, path, mode));
  },
  openElsewhere: async ({ browser, baseURL, mode: own }, provide) => {
    const contexts: { close(): Promise<void> }[] = [];
    await provide(async (path, mode = own) => {
      const context = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: mode !== "forms" });
      contexts.push(context);
      return visit(await context.newPage(), path, mode);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Opens a page with a transport, and waits until it is in use. */
export async function visit(page: Page, path: string, mode: Mode): Promise<Page> {
  await page.goto(mode === "forms" ? path : `${path}?transport=${mode}`);
  await expectTransport(page, WORDS[mode]);
  return page;
}

export async function expectTransport(page: Page, words: string): Promise<void> {
  await expect(page.locator("#transport")).toHaveText(words, { timeout: 60_000 });
}

/** What the page must not have: exceptions, and anything that its policy refuses. */
function problemsOf(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`${error}`));
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) problems.push(message.text());
  });
  return problems;
}

export { expect };
