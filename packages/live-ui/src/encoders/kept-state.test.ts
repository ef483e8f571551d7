import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Operation } from "../difference/operation.js";
import { AppliedReply } from "../testing/applied-reply.js";
import { launchChromium } from "../testing/chromium.js";
import { HTMX_2, HTMX_4, TURBO_8 } from "../testing/client-libraries.js";
import { htmlPage } from "../testing/encoder-contract.js";
import { encodeHxPartials2 } from "./hx-partials-2.js";
import { encodeHxPartials4 } from "./hx-partials-4.js";
import { encodeOobSwaps } from "./oob-swaps.js";
import { encodeTurboStreams } from "./turbo-streams.js";

const CLIENTS = [
  { encoder: "hx-partials-4", encode: encodeHxPartials4, library: HTMX_4, typed: "typed", keepsOnAttributes: true },
  { encoder: "hx-partials-2", encode: encodeHxPartials2, library: HTMX_2, typed: "typed", keepsOnAttributes: false },
  { encoder: "oob-swaps", encode: encodeOobSwaps, library: HTMX_2, typed: "typed", keepsOnAttributes: false },
  // its morph keeps elements, and empties fields whose HTML did not change
  { encoder: "turbo-streams", encode: encodeTurboStreams, library: TURBO_8, typed: "", keepsOnAttributes: true },
] as const;

const row = (id: string) => `<li id="${id}"><input id="${id}-field"></li>`;
const MOVES: readonly Operation[] = [
  { kind: "move", target: "a", before: null },
  { kind: "move", target: "c", before: "b" },
];

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

it.for(CLIENTS)("$encoder moves a row as the element it is", async ({ encode, library, typed }, { skip }) => {
  if (!browser) return skip("There is no Chromium.");
  const reply = await AppliedReply.open(browser, library);
  const after = `<ul id="list">${row("c")}${row("b")}${row("a")}</ul>`;
  await reply.show(`<ul id="list">${row("a")}${row("b")}${row("c")}</ul>`, encode(MOVES, htmlPage(after)));
  await reply.page.locator("#a-field").fill("typed");
  await reply.page.evaluate(`window.kept = document.getElementById("a")`);
  await reply.expectAfterReply(after);
  expect(await reply.page.locator("#a-field").inputValue()).toBe(typed);
  expect(await reply.page.evaluate(`window.kept === document.getElementById("a")`)).toBe(true);
  await reply.close();
});

it.for(CLIENTS)(
  "$encoder changes attributes around a field",
  async ({ encode, library, keepsOnAttributes }, { skip }) => {
    if (!browser) return skip("There is no Chromium.");
    const reply = await AppliedReply.open(browser, library);
    const after = `<form id="f" class="b"><input id="field"></form>`;
    const operations: readonly Operation[] = [{ kind: "attributes", target: "f", set: { class: "b" } }];
    await reply.show(`<form id="f" class="a"><input id="field"></form>`, encode(operations, htmlPage(after)));
    await reply.page.evaluate(`window.kept = document.getElementById("field")`);
    await reply.expectAfterReply(after);
    expect(await reply.page.evaluate(`window.kept === document.getElementById("field")`)).toBe(keepsOnAttributes);
    await reply.close();
  },
);
