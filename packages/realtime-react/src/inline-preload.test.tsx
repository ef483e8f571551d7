import { readEntity, type EntityMessage } from "@repo/realtime-client/optimistic";
import { expect, it } from "vitest";
import { hooks, mount, settled } from "./testing/mount.js";
import { nodeUnderTest, type Task } from "./testing/node-under-test.js";

// Data that are written into a component are a new object at each render; their position is of an epoch before the server's restart.
const position = { epoch: "before the restart", offset: 3 };
let renders = 0;

function Order() {
  renders += 1;
  const { data, isStale } = hooks.useChannel(
    "orders.{orderId}.status",
    { orderId: "7" },
    {
      preloaded: { channel: "orders.7.status", data: ["placed"], position: { ...position } },
      reduce: (trail: readonly string[], { payload }) => [...trail, payload.status],
    },
  );
  return `${data?.join(" ")}${isStale ? " …" : ""}`;
}

function Tasks() {
  renders += 1;
  const { rows, isStale } = hooks.useOptimisticCollection(
    "entity:task",
    {},
    {
      key: ({ id }: Task) => id,
      version: ({ version }) => version,
      read: (message) => readEntity<Task>(message as EntityMessage<Task>),
      preloaded: {
        channel: "entity:task",
        data: [{ id: "1", title: "one", version: 1 }],
        position: { ...position },
      },
    },
  );
  return `${rows.map(({ title }) => title).join(" ")}${isStale ? " …" : ""}`;
}

it.each([
  ["useChannel", <Order key="order" />, "placed …"],
  ["useOptimisticCollection", <Tasks key="tasks" />, "one …"],
])(
  "shows that something is missing, and renders no more than that, with data written into the component: %s",
  async (_, element, text) => {
    const { client } = await nodeUnderTest();
    renders = 0;
    const page = mount(client, element);
    await expect.poll(page.text).toBe(text);
    await settled();
    expect(page.text()).toBe(text);
    expect(renders).toBeLessThan(20);
  },
);
