import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { FakeBrowser } from "../testing/fake-browser.js";
import { nodeUnderTest } from "../testing/node-under-test.js";
import { openTab, emit } from "../testing/tabs.js";

const OPEN_LIMIT_MS = 15_000;

/** Two tabs, of which the first leads; time stands still until a test moves it. */
async function twoTabs() {
  const node = await nodeUnderTest();
  const browser = new FakeBrowser();
  const clock = new FakeClock();
  const options = { clock, shared: { clock } };
  const [leader, other] = [openTab(browser, node, options), openTab(browser, node, options)];
  for (const { subscribed } of [leader, other]) await subscribed();
  return { node, clock, leader, other, open: () => openTab(browser, node, options) };
}

it("gives a new tab a connection of its own within the open limit where the leader stands still", async () => {
  const { node, clock, leader, open } = await twoTabs();
  leader.tab.standStill();
  const late = open();
  await clock.advanceAsync(OPEN_LIMIT_MS - 1);
  expect([late.client.state, late.sockets.size]).toMatchObject([{ status: "connected", attempt: 0 }, 1]);
  await emit(node, "placed");
  await expect.poll(() => late.received).toEqual(["placed"]);
});

it("gives the other tabs a connection of their own where the leader stands still, and they miss nothing", async () => {
  const { node, clock, leader, other } = await twoTabs();
  leader.tab.standStill();
  await emit(node, "placed");
  await clock.advanceAsync(20_000);
  await expect.poll(() => other.received).toEqual(["placed"]);
  expect(other.sockets.size).toBe(1);
  leader.tab.goOn();
  await expect.poll(() => leader.received).toEqual(["placed"]);
  await emit(node, "paid");
  for (const tab of [leader, other]) await expect.poll(() => tab.received).toEqual(["placed", "paid"]);
});

it("keeps the shared connection while the leader replies, however quiet the channels are", async () => {
  const { clock, leader, other } = await twoTabs();
  for (let second = 0; second < 60; second += 1) await clock.advanceAsync(1_000);
  expect([leader.sockets.size, other.sockets.size, other.client.state]).toMatchObject([1, 0, { status: "connected" }]);
});

it("shares a connection again at the next attempt once the leader responds again", async () => {
  const { clock, leader, open } = await twoTabs();
  leader.tab.standStill();
  const late = open();
  await clock.advanceAsync(5_000);
  leader.tab.goOn();
  late.client.disconnect();
  late.client.connect();
  await clock.advanceAsync(5_000);
  expect([late.client.state.status, late.sockets.size]).toEqual(["connected", 0]);
});
