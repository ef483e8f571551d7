import { test as base, expect, type BrowserContextOptions, type Page } from "@playwright/test";
import { ServerProcess, type Mode } from "./server-process";

/** Who sits at a browser of their own. */
export type Who = "mia" | "sam" | "anonymous";

interface WorkerFixtures {
  /** The server of this project's mode; one for all its tests. */
  readonly server: ServerProcess;
}

interface TestFixtures {
  /** Opens a browser of its own for somebody, signs them in on the sign-in page, and waits for the live connection. */
  readonly visit: (who: Who, options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads off the pattern which fixtures are needed: none
    async ({}, provide, { project }) => {
      const server = await ServerProcess.start(project.name as Mode); // projects are named after modes
      await provide(server);
      expect(await server.stop()).toBe(0);
    },
    { scope: "worker", timeout: 180_000 },
  ],
  visit: async ({ browser, server }, provide) => {
    const contexts: { close(): Promise<void> }[] = [];
    await provide(async (who, options) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto("/sign-in");
      await page.locator(`button[value=${who}]`).click();
      await expectConnected(page);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Waits until gate 1 has let the page in. */
export async function expectConnected(page: Page): Promise<void> {
  await expect(page.getByTestId("connection")).toHaveText("Connected", { timeout: 60_000 });
}

/** The row of a channel in the list. */
export function channelRow(page: Page, name: string) {
  return page.getByTestId(`channel ${name}`);
}

/** Fills the composer and sends. */
export async function sendNotification(page: Page, to: "Mia" | "Mia (you)" | "Sam", text: string): Promise<void> {
  await page.getByLabel("To", { exact: true }).selectOption({ label: to });
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** The page's session, as the Cookie header that its browser sends. */
export async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

export { expect };
