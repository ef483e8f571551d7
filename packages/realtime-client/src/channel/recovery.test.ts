import { expect, it } from "vitest";
import { ORDER, orderAt, orderListener, orderMessage } from "../testing/order-listener.js";

it("takes what came before the answer behind what the answer brings", async () => {
  const { transport, heard, order } = await orderListener({ rewind: 2 });
  transport.link.say(orderMessage(3));
  transport.link.say(orderMessage(4));
  expect(order.status).toBe("subscribing");
  transport.link.answer("subscribe", { ...orderAt(3), messages: [orderMessage(2), orderMessage(3)] });
  expect(heard).toEqual(["s2", "s3", "s4"]);
  expect(order.state).toMatchObject({
    status: "subscribed",
    position: { offset: 4 },
    latest: { payload: { status: "s4" } },
  });
});

it("repairs a hole from the last good position, and holds back what comes meanwhile", async () => {
  const { transport, heard } = await orderListener();
  transport.link.answer("subscribe", orderAt(0));
  transport.link.say(orderMessage(1));
  transport.link.say(orderMessage(3));
  transport.link.say(orderMessage(4));
  expect(heard).toEqual(["s1"]);
  expect(transport.link.of("subscribe").at(-1)).toMatchObject({ since: { epoch: "e", offset: 1 } });
  transport.link.answer("subscribe", { ...orderAt(3), recovered: true, messages: [orderMessage(2), orderMessage(3)] });
  expect(heard).toEqual(["s1", "s2", "s3", "s4"]);
});

it("tells of a gap that cannot be recovered, and goes on from where the server stands", async () => {
  const { transport, heard, reconnect } = await orderListener();
  transport.link.answer("subscribe", orderAt(5));
  await reconnect();
  expect(transport.link.of("subscribe")).toMatchObject([{ since: { epoch: "e", offset: 5 } }]);
  transport.link.answer("subscribe", { ...orderAt(900), recovered: false });
  transport.link.say(orderMessage(901));
  expect(heard).toEqual(["GAP", "s901"]);
});

it("tells of a possible gap after a reconnect where there is no history", async () => {
  const { transport, heard, reconnect } = await orderListener();
  transport.link.answer("subscribe", { channel: ORDER });
  expect(heard).toEqual([]);
  await reconnect();
  transport.link.answer("subscribe", { channel: ORDER });
  expect(heard).toEqual(["GAP"]);
});

it("asks for the latest alone where that is the whole state, and minds no hole", async () => {
  const { transport, heard } = await orderListener({ latest: true });
  expect(transport.link.of("subscribe")).toMatchObject([{ latest: true }]);
  transport.link.answer("subscribe", { ...orderAt(7), messages: [orderMessage(7)] });
  transport.link.say(orderMessage(12));
  transport.link.say(orderMessage(9));
  expect(heard).toEqual(["s7", "s12"]);
  expect(transport.link.of("subscribe").length).toBe(1);
});

it("begins where preloaded data ends", async () => {
  const { transport, heard } = await orderListener({ since: { epoch: "e", offset: 3 } });
  expect(transport.link.of("subscribe")).toMatchObject([{ since: { epoch: "e", offset: 3 } }]);
  transport.link.answer("subscribe", { ...orderAt(4), recovered: true, messages: [orderMessage(4)] });
  expect(heard).toEqual(["s4"]);
});

it("hands over the opening behind the recovered and ahead of the new", async () => {
  const { transport, heard, order } = await orderListener({ rewind: 1 });
  transport.link.say(orderMessage(2));
  transport.link.answer("subscribe", { ...orderAt(1), messages: [orderMessage(1)], opening: ["mia"] });
  expect(heard).toEqual(["s1", { opening: ["mia"] }, "s2"]);
  expect(order.state.opening).toEqual(["mia"]);
});
