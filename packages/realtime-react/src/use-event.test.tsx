import { expect, it } from "vitest";
import { hooks, mount } from "./testing/mount.js";
import { nodeUnderTest } from "./testing/node-under-test.js";

it("hears each event once, with the listener of the latest render, and paints nothing", async () => {
  const { client, say, sent } = await nodeUnderTest();
  const heard: string[] = [];
  let renders = 0;
  const count = () => (renders += 1);
  function Ear({ ear }: { readonly ear: string }) {
    count();
    hooks.useEvent(
      "orders.{orderId}.status",
      { orderId: "7" },
      { message: ({ status }) => heard.push(`${ear} ${status}`) },
    );
    return ear;
  }
  const { text, draw } = mount(client, <Ear ear="left" />);
  await expect.poll(() => client.channel("orders.{orderId}.status", { orderId: "7" }).status).toBe("subscribed");
  await say("7", "placed");
  await expect.poll(() => heard).toEqual(["left placed"]);
  draw(<Ear ear="right" />);
  await expect.poll(text).toBe("right");
  const before = renders;
  await say("7", "paid");
  await expect.poll(() => heard).toEqual(["left placed", "right paid"]);
  expect(renders).toBe(before);
  expect(sent()).toEqual(["subscribe orders.7.status"]);
});
