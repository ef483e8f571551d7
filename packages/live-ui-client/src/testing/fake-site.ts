import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { build } from "esbuild";
import type { WireReply } from "../wire.js";
import { browser } from "./browser.js";

const STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; media-src 'self' data:";

/** What a page sends. */
export interface SentAction {
  readonly k: string;
  readonly r: number;
  readonly i: string;
  readonly a: string | null;
  readonly p?: string;
  readonly v?: unknown;
}

/** What htmx sends, with the fields of its form. */
export interface HtmxRequest {
  readonly headers: IncomingHttpHeaders;
  readonly fields: Readonly<Record<string, string>>;
}

/** HTML for htmx. */
export interface HtmxReply {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

type Reply = WireReply | { readonly status: number };

/** A site with one live page, whose replies come from the test. */
export interface FakeSite {
  readonly url: string;
  readonly actions: SentAction[];
  /** The page's policy violations and errors. */
  readonly problems: string[];
  /** Replies to an action; the default applies nothing. */
  reply: (action: SentAction) => Reply | Promise<Reply>;
  /** Replies to htmx. */
  html: (request: HtmxRequest) => HtmxReply | Promise<HtmxReply>;
  /** Opens the page, with this content in its root, and waits until the client runs. */
  visit(content: string): Promise<Page>;
  close(): Promise<void>;
}

const start = (options: object) => `import { startLive } from "./src/index.ts";
window.failures = [];
window.live = startLive({ onError: (failure) => window.failures.push(failure), ...${JSON.stringify(options)} });`;

/** Opens a site. `script` is the browser's code, bundled as an app would. */
export async function openSite({
  options = {},
  script = start(options),
  policy = STRICT,
  attributes = "",
} = {}): Promise<FakeSite> {
  const code = await bundle(script);
  const pages: Page[] = [];
  let content = "";
  const server = createServer(
    (request, response) =>
      void serve(request).then(({ status = 200, type, headers = {}, body }) => {
        response.writeHead(status, { ...headers, "content-type": type, "content-security-policy": policy });
        response.end(body);
      }),
  );

  async function serve(
    request: IncomingMessage,
  ): Promise<HtmxReply & { readonly status?: number; readonly type: string }> {
    if (request.headers["hx-request"]) {
      const fields = Object.fromEntries(new URLSearchParams(await text(request)));
      return { type: "text/html", ...(await site.html({ headers: request.headers, fields })) };
    }
    if (request.method === "POST") {
      const action: SentAction = JSON.parse(await text(request));
      site.actions.push(action);
      const reply = await site.reply(action);
      if ("status" in reply) return { status: reply.status, type: "text/plain", body: "" };
      return { type: "application/vnd.fourgate.live+json", body: JSON.stringify(reply) };
    }
    if (request.url === "/app.js") return { type: "text/javascript", body: code };
    const root = `<div id="l1" data-live="/" data-live-token="t0" ${attributes}>${content}</div>`;
    return { type: "text/html", body: `<!doctype html><title>Before</title>${root}<script src="/app.js"></script>` };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const site: FakeSite = {
    url: `http://127.0.0.1:${port}/`,
    actions: [],
    problems: [],
    reply: ({ r }) => [r],
    html: () => ({ body: "" }),
    async visit(html) {
      content = html;
      const page = await (browser as NonNullable<typeof browser>).newPage();
      pages.push(page);
      page.on("pageerror", (error) => site.problems.push(error.message));
      page.on("console", (message) => message.type() === "error" && site.problems.push(message.text()));
      await page.goto(site.url);
      await page.waitForFunction("window.live");
      return page;
    },
    async close() {
      await Promise.all(pages.map((page) => page.close()));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL("../..", import.meta.url)), loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["@repo/source"],
  });
  return outputFiles[0]?.text ?? "";
}
