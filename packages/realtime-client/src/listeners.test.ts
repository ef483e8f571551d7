import { expect, it, vi } from "vitest";
import { ListenerSet } from "./listeners.js";
import { orderAt, orderListener, orderMessage } from "./testing/order-listener.js";

type Listener = { readonly received: (news: unknown) => unknown };

it("calls a listener that is added during a call from the next call on", () => {
  const set = new ListenerSet<Listener>(vi.fn());
  const late = vi.fn();
  set.add({ received: () => set.size < 2 && set.add({ received: late }) });
  set.emit("received", 1);
  expect(late).not.toHaveBeenCalled();
  set.emit("received", 2);
  expect(late.mock.calls).toEqual([[2]]);
});

it("no longer calls a listener that is removed during a call", () => {
  const set = new ListenerSet<Listener>(vi.fn());
  const last = vi.fn();
  set.add({ received: () => undo() });
  const undo = set.add({ received: last });
  set.emit("received");
  expect([last.mock.calls.length, set.size]).toEqual([0, 1]);
});

it("reports what a listener throws or rejects with, and calls the others", async () => {
  const onError = vi.fn();
  const set = new ListenerSet<Listener>(onError);
  const other = vi.fn();
  const fail = () => {
    throw new Error("at once");
  };
  set.add({ received: fail });
  set.add({ received: () => Promise.reject(new Error("later")) });
  const foreign = { then: (_: unknown, failed: (cause: unknown) => void) => failed(new Error("of another realm")) };
  set.add({ received: () => foreign });
  set.add({ received: other });
  set.emit("received");
  await expect
    .poll(() => onError.mock.calls)
    .toEqual([[new Error("at once")], [new Error("of another realm")], [new Error("later")]]);
  expect(other).toHaveBeenCalledOnce();
});

it("calls a listener that subscribes again while it is called once per message", async () => {
  const { transport, order, clock } = await orderListener();
  const received: string[] = [];
  let off = order.on("message", again);
  function again({ status }: { readonly status: string }) {
    received.push(status);
    off();
    off = order.on("message", again);
  }
  transport.link.reply("subscribe", orderAt(0));
  for (const offset of [1, 2]) transport.link.emit(orderMessage(offset));
  await clock.advanceAsync(10);
  expect(received).toEqual(["s1", "s2"]);
  expect(transport.link.of("unsubscribe")).toEqual([]);
});

it("reports what an asynchronous listener of a channel rejects with", async () => {
  const { transport, order, onError } = await orderListener();
  order.subscribe({ message: async () => Promise.reject(new Error("mine")) });
  order.on("message", async () => Promise.reject(new Error("of the event")));
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit(orderMessage(1));
  await expect.poll(() => onError.mock.calls).toEqual([[new Error("mine")], [new Error("of the event")]]);
});
