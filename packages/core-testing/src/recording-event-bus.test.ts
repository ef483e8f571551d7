import { defineEvent } from "@repo/core-events";
import { eventBusContract } from "@repo/core-events/testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { RecordingEventBus } from "./recording-event-bus";

const shipped = defineEvent({
  name: "order.shipped",
  payload: z.object({ orderId: z.string(), at: z.coerce.number() }),
});
const billed = defineEvent({ name: "order.billed", payload: z.object({ orderId: z.string() }) });

eventBusContract("RecordingEventBus", (onError) => new RecordingEventBus({ onError: ({ cause }) => onError(cause) }));

it("keeps what was published, with or without listeners, in order and as the schema made it", async () => {
  const bus = new RecordingEventBus();
  await bus.publish(shipped, { orderId: "7", at: "1" });
  await bus.publish(billed, { orderId: "7" });
  await bus.publish(shipped, { orderId: "8", at: "2" });
  expect(bus.published).toEqual([
    { name: "order.shipped", payload: { orderId: "7", at: 1 } },
    { name: "order.billed", payload: { orderId: "7" } },
    { name: "order.shipped", payload: { orderId: "8", at: 2 } },
  ]);
  expect(bus.occurrences[0]).toMatchObject({ id: expect.any(String), at: expect.any(Number) });
});

it("keeps nothing of a payload that is refused", async () => {
  const bus = new RecordingEventBus();
  await expect(bus.publish(shipped, JSON.parse("{}"))).rejects.toThrow(/"order\.shipped"/);
  expect(bus.published).toEqual([]);
});

it("keeps what its listeners threw", async () => {
  const bus = new RecordingEventBus();
  const cause = new Error("no printer");
  bus.subscribe(billed, () => Promise.reject(cause));
  await bus.publish(billed, { orderId: "7" });
  expect(bus.failures).toMatchObject([{ cause, occurrence: { name: "order.billed" } }]);
});
