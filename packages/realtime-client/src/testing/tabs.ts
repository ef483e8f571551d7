import { expect } from "vitest";
import type { RealtimeClientOptions } from "../index.js";
import { memory } from "../memory-transport.js";
import type { IRealtimeTransport, TransportLink } from "../realtime-transport.js";
import { sharedTabs, type SharedTabsOptions } from "../shared-tabs-transport.js";
import type { FakeBrowser } from "./fake-browser.js";
import { clientOf, type NodeUnderTest } from "./node-under-test.js";
import { orderStatus } from "./test-channels.js";

/** What a tab is opened with. */
export interface TabOptions extends Partial<RealtimeClientOptions> {
  readonly shared?: SharedTabsOptions;
}

/** A tab with a client of its own, and the sockets that it holds. */
export function openBlankTab(browser: FakeBrowser, node: NodeUnderTest, options: TabOptions = {}) {
  const tab = browser.openTab();
  const real = memory(node.server);
  const sockets = new Set<TransportLink>();
  const counted: IRealtimeTransport = {
    name: "memory",
    open(request, events) {
      const link = real.open(request, events);
      sockets.add(link);
      return { send: link.send, close: () => { sockets.delete(link); link.close(); } }; // prettier-ignore
    },
  };
  const client = clientOf(node, {
    transports: [sharedTabs(counted, { ...tab, ...options.shared })],
    random: () => 0.01,
    ...options,
  });
  /** The tab is gone: its socket is cut, its timers never run again. */
  const die = () => {
    tab.die();
    for (const link of sockets) link.close();
    client.disconnect();
  };
  return { client, sockets, die, tab };
}

/** A tab that subscribes to order 7, and what it received. */
export function openTab(browser: FakeBrowser, node: NodeUnderTest, options: TabOptions = {}) {
  const tab = openBlankTab(browser, node, options);
  const received: (string | "GAP")[] = [];
  const order = tab.client.channel("orders.{orderId}.status", { orderId: "7" });
  const leave = order.subscribe({
    message: ({ payload }) => received.push(payload.status),
    gap: () => received.push("GAP"),
  });
  return { ...tab, order, received, leave, subscribed: () => expect.poll(() => order.status).toBe("subscribed") };
}

/** Broadcasts a status of order 7. */
export const emit = ({ realtime }: NodeUnderTest, status: string) =>
  realtime.broadcaster.broadcast(orderStatus.at({ orderId: "7" }), { status });
