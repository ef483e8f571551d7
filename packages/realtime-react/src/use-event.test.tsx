import { Activity } from "react";
import { expect, it } from "vitest";
import { hooks, mount, settled } from "./testing/mount.js";
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

/** A component that React hides and shows, and what its listeners received. */
async function hidable() {
  const node = await nodeUnderTest();
  const received: string[] = [];
  function Follower() {
    hooks.useEvent(
      "orders.{orderId}.status",
      { orderId: "7" },
      { message: ({ status }) => received.push(status) },
      { onGap: () => received.push("gap") },
    );
    return null;
  }
  const drawn = (mode: "visible" | "hidden") => (
    <Activity mode={mode}>
      <Follower />
    </Activity>
  );
  const { draw } = mount(node.client, drawn("visible"));
  const statusOf = () => node.client.channel("orders.{orderId}.status", { orderId: "7" }).status;
  await expect.poll(statusOf).toBe("subscribed");
  await node.broadcast("7", "placed");
  await expect.poll(() => received).toEqual(["placed"]);
  return {
    ...node,
    received,
    async hide() {
      draw(drawn("hidden"));
      await expect.poll(statusOf).toBe("idle"); // its effects are undone: nobody listens
    },
    show: () => draw(drawn("visible")),
  };
}

it("receives what it has missed while React had it hidden, in order and once, when it is shown again", async () => {
  const { broadcast, received, hide, show } = await hidable();
  await hide();
  await broadcast("7", "paid");
  await broadcast("7", "packed");
  show();
  await expect.poll(() => received).toEqual(["placed", "paid", "packed"]);
  await hide();
  show();
  await broadcast("7", "sent");
  await expect.poll(() => received).toEqual(["placed", "paid", "packed", "sent"]);
});

it("reports a gap where the history does not have all that it has missed while hidden", async () => {
  const { broadcast, received, hide, show } = await hidable();
  await hide();
  for (let count = 1; count <= 6; count += 1) await broadcast("7", `missed ${count}`); // the history has five
  show();
  await expect.poll(() => received).toEqual(["placed", "gap"]);
  await broadcast("7", "sent");
  await expect.poll(() => received).toEqual(["placed", "gap", "sent"]);
});

it("receives what it has missed while hidden also where another component has kept the channel", async () => {
  const { client, broadcast } = await nodeUnderTest();
  const received: Record<"hidden" | "kept", string[]> = { hidden: [], kept: [] };
  function Follower({ name }: { readonly name: keyof typeof received }) {
    hooks.useEvent(
      "orders.{orderId}.status",
      { orderId: "7" },
      { message: ({ status }) => received[name].push(status) },
      { onGap: () => received[name].push("gap") },
    );
    return null;
  }
  const drawn = (mode: "visible" | "hidden") => (
    <>
      <Follower name="kept" />
      <Activity mode={mode}>
        <Follower name="hidden" />
      </Activity>
    </>
  );
  const { draw } = mount(client, drawn("visible"));
  await expect.poll(() => client.channel("orders.{orderId}.status", { orderId: "7" }).status).toBe("subscribed");
  draw(drawn("hidden"));
  await settled();
  await broadcast("7", "paid");
  await expect.poll(() => received).toEqual({ kept: ["paid"], hidden: [] });
  draw(drawn("visible"));
  await expect.poll(() => received).toEqual({ kept: ["paid"], hidden: ["paid"] });
});
