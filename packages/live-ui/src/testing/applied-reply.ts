import type { Browser, Page } from "@playwright/test";
import { expect } from "vitest";
import { ReplyServer, type ClientLibrary } from "./reply-server.js";

/** A browser page in which a client library applies replies. */
export class AppliedReply {
  readonly page: Page;
  readonly #server: ReplyServer;
  readonly #url: string;
  readonly #errors: string[] = [];

  private constructor(page: Page, server: ReplyServer, url: string) {
    this.page = page;
    this.#server = server;
    this.#url = url;
    page.on("pageerror", (error) => this.#errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.#errors.push(message.text());
    });
  }

  static async open(browser: Browser, library: ClientLibrary): Promise<AppliedReply> {
    const server = new ReplyServer(library);
    const url = await server.open();
    return new AppliedReply(await browser.newPage(), server, url);
  }

  /** Opens the page with this HTML, of which the reply will make another. */
  async show(html: string, reply: string): Promise<void> {
    this.#server.set(html, reply);
    this.#errors.length = 0;
    await this.page.goto(this.#url);
  }

  /** The next reply to the page that is open. */
  next(reply: string): void {
    this.#server.setReply(reply);
  }

  /** Sends the request, and waits until the page is as expected. */
  async expectAfterReply(expected: string, { isSpaceKept = true } = {}): Promise<void> {
    await this.page.evaluate(`window.replies = 0; document.getElementById("request").click()`);
    await this.page.waitForFunction("window.replies > 0");
    const wanted = await this.page.evaluate(`canonicalHtml(${JSON.stringify(expected)}, ${isSpaceKept})`);
    await expect
      .poll(() => this.page.evaluate(`canonicalHtml(null, ${isSpaceKept})`), { timeout: 20_000, interval: 10 })
      .toBe(wanted);
    expect(this.#errors).toEqual([]);
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.#server.close();
  }
}
