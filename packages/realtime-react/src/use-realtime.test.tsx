import { anyEvent, defineRealtimeChannel } from "@repo/core-realtime";
import { useState } from "react";
import { expect, it } from "vitest";
import { z } from "zod";
import { useRealtime } from "./index.js";
import { mount } from "./testing/mount.js";
import { nodeUnderTest } from "./testing/node-under-test.js";

const order = defineRealtimeChannel({
  name: "order:{id}",
  scope: "authenticated",
  payload: anyEvent(z.looseObject({})),
  inbound: anyEvent(z.looseObject({})),
});

async function orders() {
  const node = await nodeUnderTest();
  node.realtime.registry.register(order, ({ event, payload, broadcast }) => broadcast(event, payload));
  const send = (id: string, event: string, payload: object) =>
    node.realtime.broadcaster.broadcast(order.at({ id }), event, { ...payload });
  return {
    ...node,
    send,
    isSubscribed: (name: string) => expect.poll(() => node.client.channel.raw(name).status).toBe("subscribed"),
  };
}

// 001-42, 001-43
it("calls the handlers of its channel's events with the payload's fields and meta, as the seed's component expects", async () => {
  const { client, send, sent, isSubscribed } = await orders();
  function OrderStatus({ orderId }: { readonly orderId: string }) {
    const [status, setStatus] = useState("");

    useRealtime<{ UPDATE_order: { status: string } }>(`order:${orderId}`, {
      UPDATE_order: (payload) =>
        setStatus(`${payload.status} on ${payload.meta.channel} by ${payload.meta.senderType}`),
    });

    return <div>Status: {status}</div>;
  }
  const { text, draw } = mount(client, <OrderStatus orderId="a b" />);
  await isSubscribed("order:a b");
  await send("a b", "other", { status: "ignored" });
  await send("a b", "toString", { status: "ignored" });
  await send("a b", "UPDATE_order", { status: "paid", meta: { channel: "forged" } });
  await expect.poll(text).toBe("Status: paid on order:a b by system");
  draw(<OrderStatus orderId="2" />);
  await isSubscribed("order:2");
  await send("2", "UPDATE_order", { status: "new" });
  await expect.poll(text).toBe("Status: new on order:2 by system");
  await expect.poll(sent).toEqual(["subscribe order:a%20b", "subscribe order:2", "unsubscribe order:a%20b"]);
});

it("publishes on the channel", async () => {
  const { client, isSubscribed } = await orders();
  const received: unknown[] = [];
  let publish: ReturnType<typeof useRealtime>["publish"] | undefined;
  function Chat() {
    ({ publish } = useRealtime("order:1", { posted: ({ text, meta }) => received.push([text, meta.senderId]) }));
    return null;
  }
  mount(client, <Chat />);
  await isSubscribed("order:1");
  await publish?.("posted", { text: "hello" });
  await expect.poll(() => received).toEqual([["hello", "mia"]]);
});
