import { expect, it, vi } from "vitest";
import { memory } from "./memory-transport.js";
import { sharedTabs } from "./shared-tabs-transport.js";
import { FakeBrowser } from "./testing/fake-browser.js";
import { clientOf, nodeUnderTest } from "./testing/node-under-test.js";
import { openBlankTab, openTab, emit } from "./testing/tabs.js";

async function threeTabs() {
  const node = await nodeUnderTest();
  const browser = new FakeBrowser();
  const tabs = [1, 2, 3].map(() => openTab(browser, node));
  const [first, second, third] = tabs;
  if (!first || !second || !third) throw new Error("three");
  for (const { subscribed } of tabs) await subscribed();
  const socketCount = () => tabs.reduce((sum, { sockets }) => sum + sockets.size, 0);
  return { node, browser, tabs, first, second, third, socketCount };
}

it("serves three tabs over one connection", async () => {
  const { node, tabs, socketCount } = await threeTabs();
  await emit(node, "placed");
  for (const { received } of tabs) await expect.poll(() => received).toEqual(["placed"]);
  expect(socketCount()).toBe(1);
  const ids = tabs.map(({ client }) => client.state.status === "connected" && client.state.connectionId);
  expect(new Set(ids).size).toBe(1);
});

it("delivers to each tab the replies to its own messages", async () => {
  const { node, tabs } = await threeTabs();
  const replies = await Promise.all(tabs.map(({ order }, index) => order.publish({ note: `from ${index}` })));
  expect(replies).toEqual([{ noted: 1 }, { noted: 2 }, { noted: 3 }]);
  expect(node.notes).toEqual(["from 0", "from 1", "from 2"]);
});

it("continues from each tab's own position when the leader dies, and loses nothing that was published meanwhile", async () => {
  const { node, first, second, third } = await threeTabs();
  await emit(node, "placed");
  await expect.poll(() => third.received).toEqual(["placed"]);
  first.die();
  await emit(node, "paid");
  for (const tab of [second, third]) await expect.poll(() => tab.received).toEqual(["placed", "paid"]);
  expect(second.sockets.size + third.sockets.size).toBe(1);
  await emit(node, "shipped");
  for (const tab of [second, third]) await expect.poll(() => tab.received).toEqual(["placed", "paid", "shipped"]);
  expect(first.received).toEqual(["placed"]);
});

it("keeps delivering to the other tabs when a tab dies that does not lead", async () => {
  const { node, first, second, third, socketCount } = await threeTabs();
  second.die();
  await emit(node, "placed");
  for (const tab of [first, third]) await expect.poll(() => tab.received).toEqual(["placed"]);
  expect(socketCount()).toBe(1);
});

it("leaves a channel with the last tab that listens, also where that tab just died", async () => {
  const left: string[] = [];
  const node = await nodeUnderTest({
    observers: [{ observe: (seen) => seen.kind === "left" && left.push(`${seen.address.name} ${seen.why}`) }],
  });
  const browser = new FakeBrowser();
  const [first, second] = [openTab(browser, node), openTab(browser, node)];
  const keeper = first.client.channel("news").subscribe(() => undefined);
  await first.subscribed();
  await second.subscribed();
  first.leave();
  await expect.poll(() => first.order.status).toBe("idle");
  expect(left).toEqual([]);
  second.die();
  await expect.poll(() => left).toEqual(["orders.7.status unsubscribed"]);
  keeper();
});

it("gives a tab that comes later what it missed, and disturbs no other", async () => {
  const { node, browser, first } = await threeTabs();
  await emit(node, "placed");
  await expect.poll(() => first.received).toEqual(["placed"]);
  const { position } = first.order.state;
  await emit(node, "paid");
  const late: string[] = [];
  const { client } = openBlankTab(browser, node);
  client
    .channel("orders.{orderId}.status", { orderId: "7" }, { since: position })
    .subscribe(({ payload }) => late.push(payload.status));
  await expect.poll(() => late).toEqual(["paid"]);
  expect(first.received).toEqual(["placed", "paid"]);
});

it("notifies every tab that a channel was removed, and that a sign-in has ended", async () => {
  const { node, tabs } = await threeTabs();
  await node.realtime.revoke({ userId: "mia", channel: "orders.7.status" });
  for (const { order } of tabs) await expect.poll(() => order.state.error?.code).toBe("REVOKED");
  await node.realtime.expel({ userId: "mia" });
  for (const { client } of tabs)
    await expect.poll(() => client.state).toMatchObject({ status: "stopped", error: { code: "EXPELLED" } });
});

it("requests one new token where three tabs share a session that expires", async () => {
  let asked = 0;
  const node = await nodeUnderTest({
    authenticator: { authenticate: () => ({ userId: "mia", roles: [], expiresAt: Date.now() + 400 }) },
    limits: { expiryWarningMs: 200 },
  });
  const browser = new FakeBrowser();
  const auth = (reason: string) => {
    if (reason === "expiring") asked += 1;
    return "mia";
  };
  const tabs = [1, 2, 3].map(() => openTab(browser, node, { auth }));
  for (const { subscribed } of tabs) await subscribed();
  await expect.poll(() => asked).toBe(1);
  await emit(node, "placed");
  for (const { received } of tabs) await expect.poll(() => received).toEqual(["placed"]);
});

it("reconnects the other tabs when one signs in as another user", async () => {
  const node = await nodeUnderTest();
  const browser = new FakeBrowser();
  let token = "mia";
  const tabs = [1, 2].map(() => openTab(browser, node, { auth: () => token }));
  for (const { subscribed } of tabs) await subscribed();
  token = "tom";
  await tabs[0]?.client.refresh();
  for (const { client } of tabs)
    await expect.poll(() => client.state).toMatchObject({ status: "connected", userId: "tom" });
});

it("gives each tab a connection of its own where there are no locks", async () => {
  const node = await nodeUnderTest();
  const transport = memory(node.server);
  vi.stubGlobal("navigator", {}); // Node has locks too, since 24
  expect(sharedTabs(transport)).toBe(transport);
});

it("gives a tab a connection of its own where locks are refused, as in a sandbox", async () => {
  const node = await nodeUnderTest();
  const { BroadcastChannel } = new FakeBrowser().openTab();
  const locks = { request: () => Promise.reject(new DOMException("denied", "SecurityError")) };
  const client = clientOf(node, { transports: [sharedTabs(memory(node.server), { locks, BroadcastChannel })] });
  const news = client.channel("news");
  news.subscribe(() => undefined);
  await expect.poll(() => news.status).toBe("subscribed");
  client.disconnect();
});
