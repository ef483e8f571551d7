import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { annotations, openThread, write } from "../annotations-page";
import { expect, test } from "../test";

test("a page of another origin embeds one private widget, live, and sees no other row", async ({
  visit,
  browser,
  server,
  request,
}) => {
  const mia = await openThread(await visit("mia"), "1");
  const token = await embedToken(mia);
  const host = await HostPage.open(`${server.url}/embed?token=${token}`);
  const context = await browser.newContext(); // of somebody else
  const page = await context.newPage();
  const lost: string[] = [];
  page.on("console", (message) => message.type() === "error" && lost.push(message.text()));
  await page.goto(host.url);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { name: "Gate planner, North dock" })).toBeVisible();
  await expect(frame.getByTestId("thread-status")).toHaveAttribute("data-state", "live", { timeout: 60_000 });
  await write(mia, "wish", "Seen on another site.");
  await expect(frame.getByTestId("annotation").first()).toContainText("Seen on another site.");
  await expect(frame.getByRole("button")).toHaveCount(0);
  expect(lost).toEqual([]);

  const read = await request.get(`${server.url}/data/demo.annotations`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const widgets = (await read.json()).rows.map(({ widget_id: widget }: { readonly widget_id: number }) => widget);
  expect(new Set(widgets)).toEqual(new Set([1])); // neither the public ones nor the hub's others
  const foreign = (given: string) => fetch(given).then(({ status }) => status, String);
  expect(await page.evaluate(foreign, `${server.url}/data/demo.annotations`)).toContain("TypeError"); // no CORS
  await context.close();
  await host.close();
});

test("a token that is not ours shows nothing", async ({ server, request }) => {
  expect((await request.get(`${server.url}/embed?token=forged`)).status()).toBe(404);
  const headers = { authorization: "Bearer forged" };
  expect((await request.get(`${server.url}/data/demo.annotations`, { headers })).status()).toBe(401);
});

test("who is no member has no token to give away", async ({ visit }) => {
  const sam = await openThread(await visit("sam"), "3");
  await expect(annotations(sam)).not.toHaveCount(0);
  await expect(sam.getByText("Embed this widget in another site")).toHaveCount(0);
});

async function embedToken(page: Page): Promise<string> {
  await page.getByText("Embed this widget in another site").click();
  const code = await page.getByTestId("embed code").innerText();
  return /token=([^"]+)/.exec(code)?.[1] ?? "";
}

/** Another site: another port, and another name than the app's, so that no cookie is shared. */
class HostPage {
  readonly url: string;
  readonly close: () => Promise<unknown>;

  private constructor(url: string, close: () => Promise<unknown>) {
    this.url = url;
    this.close = close;
  }

  static async open(embedded: string): Promise<HostPage> {
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(
        `<!doctype html><title>Another site</title><link rel="icon" href="data:,"><iframe src="${embedded}" width="500" height="600"></iframe>`,
      );
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo; // a string only where it listens on a pipe
    const close = () => {
      server.closeAllConnections();
      return once(server.close(), "close");
    };
    return new HostPage(`http://localhost:${port}`, close);
  }
}
