import { expect, it, vi } from "vitest";
import { ListenerSet } from "./listeners.js";
import { orderAt, orderListener, orderMessage } from "./testing/order-listener.js";

type Heard = { readonly heard: (news: unknown) => unknown };

it("calls who is added during a call from the next one on", () => {
  const set = new ListenerSet<Heard>(vi.fn());
  const late = vi.fn();
  set.add({ heard: () => set.size < 2 && set.add({ heard: late }) });
  set.emit("heard", 1);
  expect(late).not.toHaveBeenCalled();
  set.emit("heard", 2);
  expect(late.mock.calls).toEqual([[2]]);
});

it("calls who is removed during a call no more", () => {
  const set = new ListenerSet<Heard>(vi.fn());
  const last = vi.fn();
  set.add({ heard: () => undo() });
  const undo = set.add({ heard: last });
  set.emit("heard");
  expect([last.mock.calls.length, set.size]).toEqual([0, 1]);
});

it("reports what a listener throws or rejects with, and calls the others", async () => {
  const onError = vi.fn();
  const set = new ListenerSet<Heard>(onError);
  const other = vi.fn();
  const fail = () => {
    throw new Error("at once");
  };
  set.add({ heard: fail });
  set.add({ heard: () => Promise.reject(new Error("later")) });
  const foreign = { then: (_: unknown, failed: (cause: unknown) => void) => failed(new Error("of another realm")) };
  set.add({ heard: () => foreign });
  set.add({ heard: other });
  set.emit("heard");
  await expect
    .poll(() => onError.mock.calls)
    .toEqual([[new Error("at once")], [new Error("of another realm")], [new Error("later")]]);
  expect(other).toHaveBeenCalledOnce();
});

it("calls a listener that subscribes again while it is called once per message", async () => {
  const { transport, order, clock } = await orderListener();
  const heard: string[] = [];
  let off = order.on("message", again);
  function again({ status }: { readonly status: string }) {
    heard.push(status);
    off();
    off = order.on("message", again);
  }
  transport.link.answer("subscribe", orderAt(0));
  for (const offset of [1, 2]) transport.link.say(orderMessage(offset));
  await clock.advanceAsync(10);
  expect(heard).toEqual(["s1", "s2"]);
  expect(transport.link.of("unsubscribe")).toEqual([]);
});

it("reports what an asynchronous listener of a channel rejects with", async () => {
  const { transport, order, onError } = await orderListener();
  order.subscribe({ message: async () => Promise.reject(new Error("mine")) });
  order.on("message", async () => Promise.reject(new Error("of the event")));
  transport.link.answer("subscribe", orderAt(0));
  transport.link.say(orderMessage(1));
  await expect.poll(() => onError.mock.calls).toEqual([[new Error("mine")], [new Error("of the event")]]);
});
