import { expect, it } from "vitest";
import { FakeBrowser } from "../testing/fake-browser.js";
import { nodeUnderTest } from "../testing/node-under-test.js";
import { openBlankTab } from "../testing/tabs.js";

const PATIENCE = { timeout: 20_000 };

async function sharedNode() {
  const ended: string[] = [];
  const node = await nodeUnderTest({
    observers: [{ observe: (seen) => seen.kind === "refused" && ended.push(seen.error.code) }],
  });
  return { node, browser: new FakeBrowser(), ended };
}

async function fourTabs() {
  const { node, browser, ended } = await sharedNode();
  const tabs = [1, 2, 3, 4].map(() => openBlankTab(browser, node));
  return { node, tabs, ended };
}

it("refuses and stops no tab where four tabs publish together", { timeout: 30_000 }, async () => {
  const { tabs, ended } = await fourTabs();
  const published = tabs.flatMap(({ client }, tab) => {
    const board = client.channel("boards:{boardId}", { boardId: `${tab}` });
    board.subscribe(() => undefined);
    return Array.from({ length: 30 }, (_, id) => board.publish("move", { id: `${id}` })); // 120 in a moment; 40 are allowed
  });
  expect((await Promise.allSettled(published)).filter(({ status }) => status === "rejected")).toEqual([]);
  expect([ended, tabs.map(({ client }) => client.state.status)]).toEqual([[], tabs.map(() => "connected")]);
});

it(
  "refuses no tab where four tabs listen to more channels than one connection may have",
  { timeout: 30_000 },
  async () => {
    const { tabs } = await fourTabs();
    const handles = tabs.flatMap(({ client }, tab) =>
      Array.from({ length: 15 }, (_, id) => {
        const board = client.channel("boards:{boardId}", { boardId: `${tab}-${id}` });
        board.subscribe(() => undefined);
        return board;
      }),
    );
    const open = () =>
      handles.filter(({ status }) => status !== "subscribed").map(({ name, status }) => `${name} ${status}`);
    await expect.poll(open, PATIENCE).toEqual([]);
    expect(tabs.reduce((sum, { sockets }) => sum + sockets.size, 0)).toBe(2);
  },
);

it(
  "sends no faster than the server takes where eight tabs subscribe to forty channels each",
  { timeout: 60_000 },
  async () => {
    const { node, browser, ended } = await sharedNode();
    const handles = Array.from({ length: 8 }, () => openBlankTab(browser, node).client).flatMap((client, tab) =>
      Array.from({ length: 40 }, (_, id) => {
        const board = client.channel("boards:{boardId}", { boardId: `${tab}-${id}` });
        board.subscribe(() => undefined);
        return board;
      }),
    );
    await expect
      .poll(() => handles.filter(({ status }) => status !== "subscribed").length, { timeout: 40_000 })
      .toBe(0);
    expect(ended).not.toContain("RATE_LIMITED");
  },
);
