import { expect, it } from "vitest";
import { ORDER, orderAt, orderListener, orderMessage } from "../testing/order-listener.js";

it("delivers what arrived before the reply after the reply's messages", async () => {
  const { transport, received, order } = await orderListener({ rewind: 2 });
  transport.link.emit(orderMessage(3));
  transport.link.emit(orderMessage(4));
  expect(order.status).toBe("subscribing");
  transport.link.reply("subscribe", { ...orderAt(3), messages: [orderMessage(2), orderMessage(3)] });
  expect(received).toEqual(["s2", "s3", "s4"]);
  expect(order.state).toMatchObject({
    status: "subscribed",
    position: { offset: 4 },
    latest: { payload: { status: "s4" } },
  });
});

it("repairs a hole from the last good position, and holds back what comes meanwhile", async () => {
  const { transport, received } = await orderListener();
  transport.link.reply("subscribe", orderAt(0));
  transport.link.emit(orderMessage(1));
  transport.link.emit(orderMessage(3));
  transport.link.emit(orderMessage(4));
  expect(received).toEqual(["s1"]);
  expect(transport.link.of("subscribe").at(-1)).toMatchObject({ since: { epoch: "e", offset: 1 } });
  transport.link.reply("subscribe", { ...orderAt(3), recovered: true, messages: [orderMessage(2), orderMessage(3)] });
  expect(received).toEqual(["s1", "s2", "s3", "s4"]);
});

it("reports a gap that cannot be recovered, and continues from the server's position", async () => {
  const { transport, received, reconnect } = await orderListener();
  transport.link.reply("subscribe", orderAt(5));
  await reconnect();
  expect(transport.link.of("subscribe")).toMatchObject([{ since: { epoch: "e", offset: 5 } }]);
  transport.link.reply("subscribe", { ...orderAt(900), recovered: false });
  transport.link.emit(orderMessage(901));
  expect(received).toEqual(["GAP", "s901"]);
});

it("reports a possible gap after a reconnect where there is no history", async () => {
  const { transport, received, reconnect } = await orderListener();
  transport.link.reply("subscribe", { channel: ORDER });
  expect(received).toEqual([]);
  await reconnect();
  transport.link.reply("subscribe", { channel: ORDER });
  expect(received).toEqual(["GAP"]);
});

it("requests only the latest message where that is the whole state, and ignores holes", async () => {
  const { transport, received } = await orderListener({ latest: true });
  expect(transport.link.of("subscribe")).toMatchObject([{ latest: true }]);
  transport.link.reply("subscribe", { ...orderAt(7), messages: [orderMessage(7)] });
  transport.link.emit(orderMessage(12));
  transport.link.emit(orderMessage(9));
  expect(received).toEqual(["s7", "s12"]);
  expect(transport.link.of("subscribe").length).toBe(1);
});

it("begins where preloaded data ends", async () => {
  const { transport, received } = await orderListener({ since: { epoch: "e", offset: 3 } });
  expect(transport.link.of("subscribe")).toMatchObject([{ since: { epoch: "e", offset: 3 } }]);
  transport.link.reply("subscribe", { ...orderAt(4), recovered: true, messages: [orderMessage(4)] });
  expect(received).toEqual(["s4"]);
});

it("delivers the opening after the recovered messages and before the new ones", async () => {
  const { transport, received, order } = await orderListener({ rewind: 1 });
  transport.link.emit(orderMessage(2));
  transport.link.reply("subscribe", { ...orderAt(1), messages: [orderMessage(1)], opening: ["mia"] });
  expect(received).toEqual(["s1", { opening: ["mia"] }, "s2"]);
  expect(order.state.opening).toEqual(["mia"]);
});
