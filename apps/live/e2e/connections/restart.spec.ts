import { test as base, expect, type Page } from "@playwright/test";
import { ServerProcess } from "../server-process";
import { visit, type Mode } from "../test";

/** A server of the test's own, which may be killed. */
const test = base.extend<{ readonly host: { server: ServerProcess } }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads off the pattern which fixtures are needed: none
  host: async ({}, provide) => {
    const host = { server: await ServerProcess.start() };
    await provide(host);
    await host.server.kill();
  },
});

const MODES: readonly Mode[] = ["ajax", "sse", "ws"];

for (const mode of MODES) {
  test(`loses nothing over ${mode} when the server is killed and starts again`, async ({ host, context }) => {
    const open = async (path: string) => visit(await context.newPage(), host.server.url + path, mode);
    const counter = await open("/counter");
    const composer = await open("/annotations/revenue");
    const board = await open("/board");
    const governance = await open("/governance");

    await counter.getByRole("button", { name: "One more" }).click();
    await expect(counter.locator("#count")).toHaveText("1");
    await composer.getByLabel("Kind").selectOption("idea");
    await composer.getByLabel("Annotation").fill("A line for the plan");
    await expect(composer.locator("#preview")).toHaveText("A line for the plan");
    await board.locator("#edit-c1").click();
    await board.locator("input#edit-c1").fill("Export with");
    await governance.getByLabel("Title").fill("Meetings end earlier");
    await governance.getByRole("button", { name: "Next" }).click();
    await governance.getByLabel("Why").fill("Because nobody listens");

    const { port } = host.server;
    await host.server.kill();
    await type(composer, "Annotation", ", and one for last year");
    await board.locator("input#edit-c1").press("End");
    await board.locator("input#edit-c1").pressSequentially(" a header");
    await type(governance, "Why", " after half an hour");
    await counter.getByRole("button", { name: "One more" }).click();
    host.server = await ServerProcess.start(port);

    await expect(counter.locator("#count")).toHaveText("2", { timeout: 60_000 });
    await expect(composer.locator("#preview")).toHaveText("A line for the plan, and one for last year", {
      timeout: 60_000,
    });
    await expect(composer.getByLabel("Kind")).toHaveValue("idea");
    await composer.getByRole("button", { name: "Post" }).click();
    await expect(composer.locator("#thread li")).toHaveText(/A line for the plan, and one for last year/, {
      timeout: 60_000,
    });
    await expect(board.locator("input#edit-c1")).toHaveValue("Export with a header");
    await board.getByRole("button", { name: "Save" }).click();
    await expect(board.locator("#shown-c1")).toHaveText("Export with a header", { timeout: 60_000 });
    await expect(governance.locator("#step")).toContainText("Step 2");
    await governance.getByRole("button", { name: "Next" }).click();
    await expect(governance.locator("#step")).toContainText("Step 3", { timeout: 60_000 });
    await governance.getByRole("button", { name: "Back" }).click();
    await expect(governance.getByLabel("Why")).toHaveValue("Because nobody listens after half an hour");
  });
}

/** Types at the end of a field. */
async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).press("Control+End");
  await page.getByLabel(label).pressSequentially(text);
}
