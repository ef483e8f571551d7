import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveNode } from "@repo/core-realtime/server";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { createLivePages, html, live } from "../index.js";
import { launchChromium } from "../testing/chromium.js";
import { TURBO_8 } from "../testing/client-libraries.js";
import { opened, serve } from "./served-pages.js";

const browser = await launchChromium();
afterAll(async () => browser?.close());

const page = live("/here", {
  state: z.object({ n: z.number().default(0) }),
  actions: {
    leave: {
      input: z.object({ to: z.string() }),
      run({ state, input, navigate }) {
        state.n += 1;
        navigate(input.to);
      },
    },
  },
  render: ({ state }) => html`
    <p>${state.n}</p>
    <form method="post" data-live-submit="leave"><input name="to" /><button>leave</button></form>
  `,
});

const leave = async (format: string, to: string) => {
  const { call } = await serve([page]);
  const { token } = await opened(call, "/here");
  const body = new URLSearchParams({ "live-action": "leave", to });
  return call("/here", { method: "POST", body, headers: { "live-token": token, "live-format": format } });
};

it.each(["htmx-4", "htmx-2", "oob"])("leads elsewhere by the header of htmx in the format %s", async (format) => {
  const reply = await leave(format, "/there?q=ä");
  expect([reply.status, reply.headers.get("hx-redirect")]).toEqual([200, "/there?q=%C3%A4"]);
});

it("leads elsewhere by a redirect for Turbo, and by an element where the other page is on another site", async () => {
  const own = await leave("turbo", "/there");
  expect([own.status, own.headers.get("location"), own.headers.get("hx-redirect")]).toEqual([303, "/there", null]);
  const foreign = await leave("turbo", 'https://pay.example/?a="&b=<x>');
  expect(await foreign.text()).toBe(
    '<turbo-stream action="append" targets="head"><template><meta http-equiv="refresh" content="0;url=https://pay.example/?a=%22&amp;b=%3Cx%3E"></template></turbo-stream>',
  );
});

it("leads elsewhere by an element for Datastar", async () => {
  const reply = await leave("datastar", "/there");
  expect(await reply.text()).toBe(
    'event: datastar-patch-elements\ndata: selector head\ndata: mode append\ndata: elements <meta http-equiv="refresh" content="0;url=/there">\n\n',
  );
});

/** The page in a browser, with Turbo, under a policy that forbids scripts in the document; and another site. */
async function inBrowser() {
  if (!browser) throw new Error("no browser");
  const secrets = ["a secret of tests, longer than 32 bytes"];
  const pages = createLivePages({
    pages: [page],
    secrets,
    authenticator: { authenticate: () => null },
    layout: ({ content, title }) =>
      html`<!doctype html>
        <html>
          <head>
            <title>${title}</title>
            <script src="/client.js"></script>
          </head>
          <body>
            ${content}
          </body>
        </html>`,
  });
  const client = await readFile(TURBO_8.file);
  const servePages = serveNode(pages.fetch);
  const server = createServer((request, response) => {
    response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'; connect-src 'self'");
    if (request.url === "/client.js") response.setHeader("content-type", "text/javascript").end(client);
    else if (request.url?.startsWith("/there"))
      response.setHeader("content-type", "text/html").end("<!doctype html><title>There</title>");
    else servePages(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const tab = await browser.newPage();
  onTestFinished(async () => {
    await tab.close();
    server.closeAllConnections();
    server.close();
  });
  await tab.goto(`http://127.0.0.1:${port}/here`);
  return { tab, port };
}

it.runIf(browser).each([
  ["the same site", () => "/there"],
  ["another one", (port: number) => `http://localhost:${port}/there?x=1&y=2`],
])("leads a browser with Turbo to a page of %s", async (_where, addressOn) => {
  const { tab, port } = await inBrowser();
  await tab.fill("[name=to]", addressOn(port));
  await tab.click("button");
  await tab.waitForURL(new URL(addressOn(port), `http://127.0.0.1:${port}`).href);
  await expect.poll(() => tab.title()).toBe("There");
});

it.runIf(browser)("leads a browser elsewhere by an element that is added to its head", async () => {
  const { tab, port } = await inBrowser();
  const element = '<meta http-equiv="refresh" content="0;url=/there">';
  await tab.evaluate(`document.head.append(document.createRange().createContextualFragment('${element}'))`);
  await tab.waitForURL(`http://127.0.0.1:${port}/there`);
});
