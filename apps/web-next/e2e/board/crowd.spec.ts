import { InMemoryRevokedSessions } from "../../src/server/revoked-sessions";
import { SESSION_COOKIE, Sessions } from "../../src/server/sessions";
import { NodeClient } from "../node-client";
import { ServerProcess, TEST_SECRET } from "../server-process";
import { expect, signIn, test } from "../test";
import { BoardPage } from "./board-page";

const SIZE = 30;

test("a board of thirty people shows the first ones and how many more there are, and is no wider than its window", async ({
  browser,
}) => {
  const server = await ServerProcess.start("production", { CROWD: String(SIZE) }, "scripts/crowded-server.ts");
  const crowd = await Promise.all(Array.from({ length: SIZE }, (_, index) => joinBoard(server, `person-${index + 1}`)));
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await signIn(page, "mia");
  await BoardPage.open(page);
  const people = page.getByTestId("people");
  await expect(people.getByRole("img", { name: `${SIZE + 1 - 7} more` })).toBeVisible();
  await expect(people.getByRole("listitem")).toHaveCount(8);
  await expect(page.locator("[data-pointer]")).toHaveCount(SIZE);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(overflow)).toBe(0);
  }
  for (const client of crowd) client.close();
  await context.close();
  expect(await server.stop()).toBe(0);
});

/** A connection of somebody who is on the board. */
async function joinBoard({ url }: ServerProcess, userId: string): Promise<NodeClient> {
  const sessions = new Sessions({ secret: TEST_SECRET, revoked: new InMemoryRevokedSessions() });
  const { seal } = await sessions.begin(userId);
  const client = new NodeClient({ url, cookie: `${SESSION_COOKIE}=${seal}` });
  await client.firstFrame;
  await client.join("entity:task");
  return client;
}
