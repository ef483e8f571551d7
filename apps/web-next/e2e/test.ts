import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type BrowserContextOptions, type Page } from "@playwright/test";
import { ServerProcess, type Mode } from "./server-process";

/** Who sits at a browser of their own. */
export type Who = "mia" | "sam" | "anonymous";

interface WorkerFixtures {
  /** The server of this project's mode; one for all its tests. */
  readonly server: ServerProcess;
}

interface TestFixtures {
  /** A folder for a database of the test's own. */
  readonly folder: string;
  /** Opens a browser of its own for somebody, signs them in on the sign-in page, and waits for the live connection. */
  readonly visit: (who: Who, options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads off the pattern which fixtures are needed: none
    async ({}, provide, { project }) => {
      const folder = await mkdtemp(join(tmpdir(), "fourgate-data-"));
      const server = await ServerProcess.start(project.name as Mode, { SQL_DATA: folder }); // projects are named after modes
      await provide(server);
      expect(await server.stop()).toBe(0);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 180_000 },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  folder: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), "fourgate-data-"));
    await provide(folder);
    await rm(folder, { recursive: true, force: true });
  },
  visit: async ({ browser, server }, provide) => {
    const contexts: { close(): Promise<void> }[] = [];
    await provide(async (who, options) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      contexts.push(context);
      const page = await context.newPage();
      await signIn(page, who);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Signs in on the sign-in page, and waits for the live connection. */
export async function signIn(page: Page, who: Who): Promise<void> {
  await page.goto("/sign-in");
  await page.locator(`button[value=${who}]`).click();
  await expectConnected(page);
}

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
