import { seededRandom } from "@repo/core-testing";
import { afterAll, beforeAll, it } from "vitest";
import type { Operation } from "../difference/operation.js";
import { PrintedPage, type EncodedPage } from "../encoders/encoded-page.js";
import { difference } from "../difference/difference.js";
import { renderToString } from "../template/render-to-string.js";
import type { TemplateResult } from "../template/template-result.js";
import { differenceHybrid } from "../foreign-html/difference-of-html.js";
import { AppliedReply } from "./applied-reply.js";
import { FuzzPages } from "./fuzz-pages.js";
import { launchChromium } from "./chromium.js";
import { ENCODER_CASES } from "./encoder-cases.js";
import { RandomPage } from "./random-page.js";
import type { ClientLibrary } from "./reply-server.js";
import type { Browser } from "@playwright/test";

const STEPS = 20;

type Encode = (operations: readonly Operation[], page: EncodedPage) => string;

/** A page of HTML text, for operations whose content is HTML text too. */
export function htmlPage(html: string): EncodedPage {
  return new PrintedPage(
    () => html,
    (content) => {
      if (typeof content !== "string") throw new TypeError("A test of HTML has content as text.");
      return content;
    },
  );
}

/** What an encoder promises, held against the client library in Chromium. */
export function encoderContract(encode: Encode, library: ClientLibrary): void {
  let browser: Browser | undefined;
  let reply: AppliedReply | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
    reply = browser && (await AppliedReply.open(browser, library));
  });
  afterAll(async () => {
    await reply?.close();
    await browser?.close();
  });
  for (const { name, before, operations, after } of ENCODER_CASES) {
    it(`${library.name} ${name}`, async ({ skip }) => {
      if (!reply) return skip("no Chromium starts");
      await reply.show(before, encode(operations, htmlPage(after)));
      await reply.expectAfterReply(after);
    });
  }
  it.each([1, 2, 3])(`${library.name} follows HTML from elsewhere through random changes (%i)`, async (seed) => {
    if (!reply) return;
    const page = new RandomPage(seed);
    await reply.show(page.html, "");
    for (let step = 0; step < STEPS; step += 1) {
      const before = page.html;
      page.change();
      reply.next(encode(differenceHybrid(before, page.html, "area"), htmlPage(page.html)));
      await reply.expectAfterReply(page.html);
    }
  });
  it.each([1, 2, 3])(`${library.name} follows templates through random changes (%i)`, async (seed) => {
    if (!reply) return;
    const pages = new FuzzPages(seededRandom(seed));
    const print = (page: TemplateResult) => renderToString(page, { root: "area" });
    let before = pages.page();
    await reply.show(print(before), "");
    for (let step = 0; step < STEPS; step += 1) {
      pages.change();
      const after = pages.page();
      reply.next(encode(difference(before, after, "area"), templatePage(after)));
      await reply.expectAfterReply(print(after), { isSpaceKept: false }); // rows leave theirs
      before = after;
    }
  });
}

function templatePage(page: TemplateResult): EncodedPage {
  return new PrintedPage(
    () => renderToString(page, { root: "area" }),
    (content) => {
      if (typeof content === "string") return content;
      return content.map(({ result, path }) => renderToString(result, { root: path })).join("");
    },
    "area",
  );
}
