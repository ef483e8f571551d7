import type { Page } from "@playwright/test";
import { afterEach, beforeEach, expect } from "vitest";
import { itInBrowser as it } from "../testing/browser.js";
import { openSite, type FakeSite } from "../testing/fake-site.js";

/** A connection that the test controls: `joins` are the pages that have joined, `sent` what they send. */
const SCRIPT = `import { startLive } from "./src/index.ts";
window.failures = [];
window.joins = [];
window.sent = [];
const connection = { join(channel, page) {
  const joined = { channel, page, token: page.token(), hasLeft: false };
  window.joins.push(joined);
  return {
    send: (message) => new Promise((resolve, reject) => window.sent.push({ message, resolve, reject })),
    leave: () => (joined.hasLeft = true),
  };
} };
window.live = startLive({ connect: async () => connection, onError: (failure) => window.failures.push(failure) });`;

const COUNTER = `<output id="n">0</output><ul id="l"></ul><button id="add" data-live-click="add">+</button>`;

let site: FakeSite;
beforeEach(async () => void (site = await openSite({ script: SCRIPT, attributes: 'data-live-channel="live-p.x"' })));
afterEach(async () => {
  await site.close();
  expect(site.problems).toEqual([]);
});

it("sends over the connection once it is open, several at a time, and shows replies and pushes", async () => {
  const page = await opened();
  await page.click("#add");
  await page.click("#add");
  expect(await page.evaluate("sent.map(({ message: { a, r } }) => [a, r])")).toEqual([
    ["add", 1],
    ["add", 2],
  ]);
  await push(page, [
    1,
    { s: { 3: ['<b id="', '">', "</b>"], 4: ['<i id="', 0, '" class="', '"><u id="', 2, '"></u></i>'] } },
    ["+", "l", [3, "a", "<&>"]],
  ]);
  await push(page, [
    0,
    [
      "+",
      "l",
      [
        3,
        "b",
        [
          [3, "c", 'x"'],
          [3, "d", { r: "<i>raw</i>" }],
        ],
      ],
    ],
    ["n", "pushed"],
  ]);
  await push(page, [2, ["n", "2"], ["+", "l", [4, "p-k7", 7]]]);
  expect(await page.innerHTML("#l")).toBe(
    '<b id="a">&lt;&amp;&gt;</b><b id="b"><b id="c">x"</b><b id="d"><i>raw</i></b></b><i id="p-k7_0" class="7"><u id="p-k7_2"></u></i>',
  );
  expect(await page.textContent("#n")).toBe("2");
  expect(site.actions).toEqual([]);
});

it("does not let an older reply win: fresh content is requested instead", async () => {
  const page = await opened();
  await page.click("#add");
  await page.click("#add");
  await push(page, [2, ["n", "2"]]);
  await push(page, [1, ["n", "1"]]);
  expect(await page.textContent("#n")).toBe("2");
  expect(await page.evaluate("sent.at(-1).message")).toMatchObject({ a: null, r: 3 });
});

it("ends an action whose reply brings no patch, and reports one that is refused", async () => {
  const page = await opened();
  await page.click("#add");
  await page.evaluate("sent[0].resolve()");
  await expect.poll(() => page.getAttribute("#l1", "aria-busy")).toBeNull();
  await page.click("#add");
  await page.evaluate(`sent[1].reject({ code: "RATE_LIMITED", message: "slower" })`);
  await expect.poll(() => page.evaluate("failures")).toEqual([{ code: "RATE_LIMITED", message: "slower" }]);
});

it("falls back to HTTP with the same token when the connection is lost, and returns", async () => {
  const page = await opened();
  await push(page, [0, { k: "t1" }]);
  await page.evaluate("joins[0].page.onLost(false)");
  site.reply = ({ r }) => [r, ["n", "http"], { k: "t2" }];
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("http");
  expect(site.actions).toMatchObject([{ k: "t1", a: "add", r: 1 }]);
  await page.evaluate("joins[0].token = joins[0].page.token()");
  expect(await page.evaluate("joins[0].token")).toBe("t2");
  await page.evaluate("joins[0].page.onOpening([0, ['n', 'back']])");
  await page.click("#add");
  expect(await page.evaluate("sent.length")).toBe(1);
  expect(await page.textContent("#n")).toBe("back");
});

it("requests nothing after a sleep while a connection keeps the page new", async () => {
  const page = await opened();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  expect(await page.evaluate("sent.length")).toBe(0);
  await page.evaluate("joins[0].page.onLost(false)");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect.poll(() => site.actions).toMatchObject([{ a: null }]);
});

it("sends by HTTP, under the same identifier, what a lost connection has taken and does not send again in time", async () => {
  const page = await opened();
  await page.clock.install();
  await page.click("#add");
  await page.evaluate("joins[0].page.onLost(false)");
  await page.click("#add");
  expect(site.actions).toEqual([]); // what was taken goes first
  site.reply = ({ r }) => [r, ["n", `http ${r}`]];
  await page.clock.runFor(3_000);
  await expect.poll(() => page.textContent("#n")).toBe("http 2");
  expect(site.actions.map(({ r }) => r)).toEqual([1, 2]);
  expect(await page.evaluate("sent[0].message")).toEqual({ a: null, v: {}, r: 1, i: site.actions[0]?.i }); // if it arrives, nothing runs
});

it("joins anew where an action by HTTP has changed the state since the join, and sends nothing meanwhile", async () => {
  let release = (): void => undefined;
  site.reply = async ({ r }) => {
    await new Promise<void>((resolve) => (release = resolve));
    return [r, ["n", "http"], { k: "t1" }];
  };
  const page = await site.visit(COUNTER);
  await expect.poll(() => page.evaluate("joins.length")).toBe(1);
  await page.click("#add");
  await expect.poll(() => site.actions.length).toBe(1);
  await page.evaluate("joins[0].page.onOpening([0, ['n', 'too old']])");
  await page.click("#add");
  expect(await page.evaluate("[joins.length, joins[0].hasLeft]")).toEqual([1, true]);
  release();
  await expect.poll(() => page.evaluate("joins.map(({ token }) => token)")).toEqual(["t0", "t1"]);
  expect(await page.textContent("#n")).toBe("http");
  await page.evaluate("joins[1].page.onOpening([0])");
  expect(await page.evaluate("sent.map(({ message }) => message.r)")).toEqual([2]);
  expect(site.actions.length).toBe(1);
});

it("joins anew where the connection has read the newest token since, but the opening is of an earlier subscribe", async () => {
  site.reply = ({ r }) => [r, ["n", "http"], { k: "t1" }];
  const page = await site.visit(COUNTER);
  await expect.poll(() => page.evaluate("joins.length")).toBe(1);
  await page.click("#add");
  await expect.poll(() => page.textContent("#n")).toBe("http");
  expect(await page.evaluate("joins[0].page.token()")).toBe("t1");
  await page.evaluate("joins[0].page.onOpening([0, ['n', 'too old']])");
  expect(await page.evaluate("joins.map(({ token, hasLeft }) => [token, hasLeft])")).toEqual([
    ["t0", true],
    ["t1", false],
  ]);
  expect(await page.textContent("#n")).toBe("http");
});

it("requests a new page by HTTP where the channel refuses its token, and joins with the new one", async () => {
  site.reply = ({ r }) => [
    r,
    { f: `<div id="l2" data-live="/" data-live-token="t9" data-live-channel="live-p.y">${COUNTER}</div>` },
  ];
  const page = await site.visit(COUNTER);
  await expect.poll(() => page.evaluate("joins.length")).toBe(1);
  await page.evaluate("joins[0].page.onOpening([0, { f: null }])");
  await expect
    .poll(() => page.evaluate("joins.map(({ channel, token, hasLeft }) => [channel, token, hasLeft])"))
    .toEqual([
      ["live-p.x", "t0", true],
      ["live-p.y", "t9", false],
    ]);
  expect(site.actions).toMatchObject([{ k: "t0", a: null }]);
  for (const joins of [3, 4]) {
    await page.evaluate("joins.at(-1).page.onOpening([0, { f: null }])");
    await expect.poll(() => page.evaluate("joins.length")).toBe(joins);
  }
  site.reply = ({ r }) => [r];
  await page.evaluate("joins.at(-1).page.onOpening([0, { f: null }])");
  await page.evaluate("live.act(document.querySelector('#add'), 'last')");
  expect(site.actions.map(({ a }) => a)).toEqual([null, null, null, "last"]); // not for ever
});

async function opened(): Promise<Page> {
  const page = await site.visit(COUNTER);
  await expect.poll(() => page.evaluate("joins.length")).toBe(1);
  expect(await page.evaluate("[joins[0].channel, joins[0].token]")).toEqual(["live-p.x", "t0"]);
  await page.evaluate("joins[0].page.onOpening([0])");
  return page;
}

async function push(page: Page, reply: readonly unknown[]): Promise<void> {
  await page.evaluate(`joins.at(-1).page.onPatch(${JSON.stringify(reply)})`);
}
