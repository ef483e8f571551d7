import { Suspense, useLayoutEffect } from "react";
import { expect, it } from "vitest";
import { hooks, mount, settled } from "../testing/mount.js";
import { nodeUnderTest } from "../testing/node-under-test.js";

const { useChannel } = hooks;

function Order({ id, painted }: { readonly id: string; readonly painted?: string[] }) {
  const { latest, status, opening } = useChannel("orders.{orderId}.status", { orderId: id });
  const text = `${id} ${status} ${latest?.payload.status ?? "-"} ${JSON.stringify(opening) ?? "-"};`;
  useLayoutEffect(() => void painted?.push(text), [painted, text]);
  return text;
}

const IN_7 = `7 subscribed - {"order":"7"};`;

it("subscribes once under StrictMode, and unsubscribes when the component has gone", async () => {
  const { client, sent } = await nodeUnderTest();
  const { text, unmount } = mount(client, <Order id="7" />);
  await expect.poll(text).toBe(IN_7);
  await settled();
  expect(sent()).toEqual(["subscribe orders.7.status"]);
  unmount();
  await expect.poll(sent).toEqual(["subscribe orders.7.status", "unsubscribe orders.7.status"]);
});

it("paints the latest message, and what the channel hands a newcomer", async () => {
  const { client, broadcast } = await nodeUnderTest();
  const { text } = mount(client, <Order id="7" />);
  await expect.poll(text).toBe(IN_7);
  await broadcast("7", "paid");
  await expect.poll(text).toBe(`7 subscribed paid {"order":"7"};`);
});

it("shares one subscription among components, and leaves with the last", async () => {
  const { client, sent, broadcast } = await nodeUnderTest();
  const both = [<Order key="a" id="7" />, <Order key="b" id="7" />];
  const { text, draw } = mount(client, both);
  await expect.poll(text).toBe(IN_7 + IN_7);
  draw(both.slice(1));
  await expect.poll(text).toBe(IN_7);
  await broadcast("7", "paid");
  await expect.poll(text).toContain("paid");
  expect(sent()).toEqual(["subscribe orders.7.status"]);
});

it("leaves the old channel for the new one, and paints nothing of the old one for it", async () => {
  const { client, sent, broadcast } = await nodeUnderTest();
  const painted: string[] = [];
  const { text, draw } = mount(client, <Order id="7" painted={painted} />);
  await expect.poll(text).toBe(IN_7);
  await broadcast("7", "paid");
  await expect.poll(text).toContain("paid");
  draw(<Order id="8" painted={painted} />);
  await expect.poll(text).toBe(`8 subscribed - {"order":"8"};`);
  expect(painted.filter((text) => text.startsWith("8"))).toEqual([
    "8 subscribing - -;",
    `8 subscribed - {"order":"8"};`,
  ]);
  await expect
    .poll(() => sent().toSorted()) // the old channel is left after the paint
    .toEqual(["subscribe orders.7.status", "subscribe orders.8.status", "unsubscribe orders.7.status"]);
});

it("ends up on the last of many channels, whatever was asked for in between", async () => {
  const { client, sent, text, draw } = await mountedAt("1");
  for (const id of ["2", "3", "1", "4", "1", "2", "5"]) {
    draw(<Order id={id} />);
    await Promise.resolve();
  }
  await expect.poll(text).toBe(`5 subscribed - {"order":"5"};`);
  await expect.poll(() => held(sent())).toEqual(["orders.5.status"]);
  expect(client.channel("orders.{orderId}.status", { orderId: "1" }).status).toBe("idle");
});

it("holds nothing where the component has gone before the server replied", async () => {
  const { client, sent } = await nodeUnderTest();
  const { unmount } = mount(client, <Order id="7" />);
  await expect.poll(() => client.state.status).not.toBe("idle");
  unmount();
  await settled();
  expect(client.state.status).toBe("connected");
  expect(held(sent())).toEqual([]);
});

it("shows why a channel is refused", async () => {
  const { client } = await nodeUnderTest();
  function Back() {
    const { status, error } = useChannel("back");
    return `${status} ${error?.code}`;
  }
  const { text } = mount(client, <Back />);
  await expect.poll(text).toBe("refused UNAUTHORIZED");
});

it("publishes, and gets the reply", async () => {
  const { client } = await nodeUnderTest();
  let publish: ReturnType<typeof useChannel<"orders.{orderId}.status">>["publish"] | undefined;
  function Noter() {
    const order = useChannel("orders.{orderId}.status", { orderId: "7" });
    useLayoutEffect(() => void (publish = order.publish), [order.publish]);
    return order.status;
  }
  const { text } = mount(client, <Noter />);
  await expect.poll(text).toBe("subscribed");
  await expect(publish?.({ note: "four" })).resolves.toEqual({ noted: 4 });
});

it("gathers the last messages, each once", async () => {
  const { client, broadcast } = await nodeUnderTest();
  function Log() {
    const { messages, status } = useChannel("orders.{orderId}.status", { orderId: "7" }, { keep: 2 });
    return [status, ...messages.map(({ payload }) => payload.status)].join(" ");
  }
  const { text } = mount(client, <Log />);
  await expect.poll(text).toBe("subscribed");
  for (const status of ["placed", "paid", "shipped"]) await broadcast("7", status);
  await expect.poll(text).toBe("subscribed paid shipped");
});

it("waits in Suspense for the server's reply, where it is requested, and subscribes once", async () => {
  const { client, sent } = await nodeUnderTest();
  const painted: string[] = [];
  function Waiting({ name }: { readonly name: "back" | "order" }) {
    const order = useChannel("orders.{orderId}.status", { orderId: "7" }, { suspense: true });
    const back = useChannel("back", {}, { suspense: true });
    const text = name === "order" ? JSON.stringify(order.opening) : `${back.error?.code}`;
    useLayoutEffect(() => void painted.push(text), [text]);
    return text;
  }
  const { text } = mount(
    client,
    <Suspense fallback="wait">
      <Waiting name="order" />
      <Waiting name="back" />
    </Suspense>,
  );
  await expect.poll(text).toBe("wait");
  await expect.poll(text).toBe(`{"order":"7"}UNAUTHORIZED`);
  expect(new Set(painted)).toEqual(new Set([`{"order":"7"}`, "UNAUTHORIZED"])); // never without
  expect(sent().filter((text) => text.includes("orders"))).toEqual(["subscribe orders.7.status"]);
});

it("asks for a provider where there is none", async () => {
  const { client } = await nodeUnderTest();
  const { container } = mount(client, null);
  const { createRoot } = await import("react-dom/client");
  const failed = new Promise((resolve) =>
    createRoot(container.appendChild(document.createElement("div")), { onUncaughtError: resolve }).render(
      <Order id="7" />,
    ),
  );
  expect(await failed).toEqual(
    new TypeError("No client: put <RealtimeProvider client={…}> around what uses channels."),
  );
});

async function mountedAt(id: string) {
  const node = await nodeUnderTest();
  const page = mount(node.client, <Order id={id} />);
  await expect.poll(page.text).toContain("subscribed");
  return { ...node, ...page };
}

/** Channels that were subscribed and not unsubscribed since. */
function held(sent: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const text of sent) {
    const [type = "", name = ""] = text.split(" ");
    if (type === "subscribe") names.add(name);
    else names.delete(name);
  }
  return [...names];
}
