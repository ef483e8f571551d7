import type { RealtimePosition } from "@repo/core-realtime";
import { readEntity, type EntityMessage } from "@repo/realtime-client/optimistic";
import { expect, it } from "vitest";
import { hooks, mount, settled } from "./testing/mount.js";
import { nodeUnderTest, type Task } from "./testing/node-under-test.js";

interface InlineProps {
  /** Data that are written into a component are a new object at each render, and their position may be new as well. */
  readonly at: () => RealtimePosition;
}

let renders = 0;
const sameEachTime = (): RealtimePosition => ({ epoch: "before the restart", offset: 3 });
const newEachTime = (): RealtimePosition => ({ epoch: `render ${renders}`, offset: 3 });

function Order({ at }: InlineProps) {
  renders += 1;
  const { data, isStale } = hooks.useChannel(
    "orders.{orderId}.status",
    { orderId: "7" },
    {
      preloaded: { channel: "orders.7.status", data: ["placed"], position: at() },
      reduce: (trail: readonly string[], { payload }) => [...trail, payload.status],
    },
  );
  return `${data?.join(" ")}${isStale ? " …" : ""}`;
}

function Tasks({ at }: InlineProps) {
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
        position: at(),
      },
    },
  );
  return `${rows.map(({ title }) => title).join(" ")}${isStale ? " …" : ""}`;
}

it.each([
  ["useChannel", <Order key="order" at={sameEachTime} />, "placed …"],
  ["useOptimisticCollection", <Tasks key="tasks" at={sameEachTime} />, "one …"],
  ["useChannel, at a new position each time", <Order key="order" at={newEachTime} />, "placed …"],
  ["useOptimisticCollection, at a new position each time", <Tasks key="tasks" at={newEachTime} />, "one …"],
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
