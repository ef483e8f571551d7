import { expect, it } from "vitest";
import { hooks, mount } from "./testing/mount.js";
import { nodeUnderTest } from "./testing/node-under-test.js";

it("receives each event once, with the listener of the latest render, and paints nothing", async () => {
  const { client, broadcast, sent } = await nodeUnderTest();
  const received: string[] = [];
  let renders = 0;
  const count = () => (renders += 1);
  function Named({ name }: { readonly name: string }) {
    count();
    hooks.useEvent(
      "orders.{orderId}.status",
      { orderId: "7" },
      { message: ({ status }) => received.push(`${name} ${status}`) },
    );
    return name;
  }
  const { text, draw } = mount(client, <Named name="left" />);
  await expect.poll(() => client.channel("orders.{orderId}.status", { orderId: "7" }).status).toBe("subscribed");
  await broadcast("7", "placed");
  await expect.poll(() => received).toEqual(["left placed"]);
  draw(<Named name="right" />);
  await expect.poll(text).toBe("right");
  const before = renders;
  await broadcast("7", "paid");
  await expect.poll(() => received).toEqual(["left placed", "right paid"]);
  expect(renders).toBe(before);
  expect(sent()).toEqual(["subscribe orders.7.status"]);
});
