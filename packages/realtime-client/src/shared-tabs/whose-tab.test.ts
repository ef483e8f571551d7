import { expect, it } from "vitest";
import { FakeBrowser } from "../testing/fake-browser.js";
import { nodeUnderTest } from "../testing/node-under-test.js";
import { openBlankTab, openTab, emit, type TabOptions } from "../testing/tabs.js";

/** Tabs of one browser, one after the other, each connected; how many sockets they hold together. */
async function tabsOf(...all: readonly TabOptions[]) {
  const node = await nodeUnderTest();
  const browser = new FakeBrowser();
  const open = async (options: TabOptions) => {
    const tab = openBlankTab(browser, node, options);
    tab.client.connect();
    await expect.poll(() => tab.client.state.status).toBe("connected");
    return tab;
  };
  const tabs: Awaited<ReturnType<typeof open>>[] = [];
  for (const options of all) tabs.push(await open(options));
  const people = () => tabs.map(({ client }) => client.state.status === "connected" && client.state.userId);
  const socketCount = () => tabs.reduce((sum, { sockets }) => sum + sockets.size, 0);
  return { tabs, people, socketCount, open, node, browser };
}

const as = (token: string | undefined, rest: TabOptions = {}): TabOptions => ({ auth: () => token, ...rest });

it.each([
  ["no name", {}],
  ["one name", { name: "shop" }],
])("shares no connection between users: two with %s have one each", async (_, shared) => {
  const { people, socketCount } = await tabsOf(as("mia", { shared }), as("tom", { shared }), as("mia", { shared }));
  expect(people()).toEqual(["mia", "tom", "mia"]);
  expect(socketCount()).toBe(2);
});

it("lets a tab with a connection of its own receive and send as its own user, and leave", async () => {
  const node = await nodeUnderTest();
  const browser = new FakeBrowser();
  const [mia, tom] = [openTab(browser, node), openTab(browser, node, as("tom"))];
  for (const { subscribed } of [mia, tom]) await subscribed();
  await emit(node, "placed");
  for (const { received } of [mia, tom]) await expect.poll(() => received).toEqual(["placed"]);
  expect(await tom.order.publish({ note: "by tom" })).toEqual({ noted: 1 });
  expect([tom.sockets.size, mia.sockets.size]).toEqual([1, 1]);
  tom.client.disconnect();
  expect([tom.sockets.size, mia.sockets.size]).toEqual([0, 1]);
});

it("has another connection for another address", async () => {
  const { socketCount } = await tabsOf(as("mia"), as("mia", { url: "/other" }));
  expect(socketCount()).toBe(2);
});

it("shares among tabs of the same `identity`, whatever their tokens", async () => {
  const shared = { identity: "mia" };
  const { people, socketCount } = await tabsOf(as("mia", { shared }), as("staff:mia", { shared }));
  expect(people()).toEqual(["mia", "mia"]);
  expect(socketCount()).toBe(1);
});

it("shares by an `identity` only where both tabs have it", async () => {
  const { people, socketCount } = await tabsOf(as("mia", { shared: { identity: "mia" } }), as("mia"));
  expect(people()).toEqual(["mia", "mia"]);
  expect(socketCount()).toBe(2);
});

it("shares with each token that the server took for the same person", async () => {
  let token = "mia";
  const { tabs, socketCount, open } = await tabsOf({ auth: () => token });
  const before = tabs[0]?.client.state;
  token = "staff:mia";
  await tabs[0]?.client.refresh();
  await expect.poll(() => tabs[0]?.client.state).not.toBe(before);
  const later = [await open(as("staff:mia")), await open(as("mia"))];
  expect(socketCount()).toBe(1);
  expect(later.flatMap(({ sockets }) => [...sockets])).toEqual([]);
});

it.each([
  ["no identity", {}],
  ["an identity", { identity: "mia" }],
])("shares no more with the first one's tabs after somebody else signed in on it, with %s", async (_, shared) => {
  let token = "mia";
  const { tabs, people, open } = await tabsOf({ auth: () => token, shared }, as("mia", { shared }));
  token = "tom";
  await tabs[0]?.client.refresh();
  await expect.poll(people).toEqual(["tom", "mia"]);
  const { client } = await open(as("mia", { shared }));
  expect(client.state).toMatchObject({ userId: "mia" });
});

it("shares no connection where nothing distinguishes users: neither a token, nor an identity, nor a name", async () => {
  const { socketCount } = await tabsOf(as(undefined), as(undefined));
  expect(socketCount()).toBe(2);
});

it.each([{ name: "shop mia" }, { identity: "mia" }])(
  "shares a cookie's connection where the app gave %o",
  async (shared) => {
    const { socketCount } = await tabsOf(as(undefined, { shared }), as(undefined, { shared }));
    expect(socketCount()).toBe(1);
  },
);
