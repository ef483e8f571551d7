import { RealtimeError } from "@repo/core-realtime";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { deferred } from "../testing/deferred.js";
import { FakeBrowser } from "../testing/fake-browser.js";
import { nodeUnderTest } from "../testing/node-under-test.js";
import { openBlankTab, openTab, emit } from "../testing/tabs.js";

it("notifies the other tabs when one subscribes again and is refused, which ends the subscription of all", async () => {
  let isOpen = true;
  const subscribe = () => {
    if (!isOpen) throw new RealtimeError("REFUSED");
  };
  const node = await nodeUnderTest({ guards: [{ subscribe }] });
  const browser = new FakeBrowser();
  const first = openTab(browser, node);
  await first.subscribed();
  isOpen = false;
  const second = openTab(browser, node);
  for (const { order } of [second, first]) await expect.poll(() => order.state.error?.code).toBe("REFUSED");
});

it("keeps delivering to the other tabs where one is refused before the server read its request", async () => {
  const left: string[] = [];
  const clock = new FakeClock(); // the server's: its rate limit refills when the test advances it
  const node = await nodeUnderTest({
    clock,
    limits: { framesPerSecond: 5 },
    observers: [{ observe: (seen) => seen.kind === "left" && left.push(seen.address.name) }],
  });
  const browser = new FakeBrowser();
  const first = openTab(browser, node);
  await first.subscribed();
  const busy = openBlankTab(browser, node, { clock: new FakeClock() }); // does not come back by itself, nor does the second
  for (let id = 0; id < 20; id += 1)
    busy.client.channel("boards:{boardId}", { boardId: `${id}` }).subscribe(() => undefined);
  const second = openTab(browser, node, { clock: new FakeClock() });
  await expect.poll(() => second.order.state.error?.code).toBe("RATE_LIMITED");
  await emit(node, "placed");
  await expect.poll(() => first.received).toEqual(["placed"]);
  expect([first.order.status, second.received, left]).toEqual(["subscribed", [], []]);
  clock.advance(10_000);
  first.leave();
  await expect.poll(() => left).toEqual(["orders.7.status"]); // for the second is not in
});

it("subscribes every tab again where the server could not decide in time whether one may join", async () => {
  let asked = 0;
  const subscribe = () => {
    asked += 1;
    if (asked === 2) throw new RealtimeError("HANDLER_TIMEOUT");
  };
  const node = await nodeUnderTest({ guards: [{ subscribe }] });
  const browser = new FakeBrowser();
  const first = openTab(browser, node);
  await first.subscribed();
  const second = openTab(browser, node);
  await expect.poll(() => asked).toBe(4);
  for (const { subscribed } of [first, second]) await subscribed();
  await emit(node, "placed");
  for (const { received } of [first, second]) await expect.poll(() => received).toEqual(["placed"]);
});

it("does not forget a tab whose own request is still to be replied to when another's is refused", async () => {
  const asked = deferred<undefined>();
  let isFirst = true;
  const subscribe = () => {
    if (!isFirst) return;
    isFirst = false;
    return asked.promise;
  };
  const node = await nodeUnderTest({ guards: [{ subscribe }] });
  const browser = new FakeBrowser();
  const [first, second] = [openTab(browser, node), openTab(browser, node)];
  for (const { client } of [first, second]) await expect.poll(() => client.state.status).toBe("connected");
  await new Promise(setImmediate); // both requests are with the server
  asked.reject(new RealtimeError("REFUSED"));
  await second.subscribed();
  await emit(node, "placed");
  await expect.poll(() => second.received).toEqual(["placed"]);
  expect(first.order.state.error?.code).toBe("REFUSED");
});
