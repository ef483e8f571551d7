import { expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../event-definition";
import { eventBusContract } from "../testing/index";
import { InMemoryEventBus } from "./in-memory-event-bus";

const shipped = defineEvent({ name: "order.shipped", payload: z.object({ orderId: z.string() }) });
const billed = defineEvent({ name: "order.billed", payload: z.object({ orderId: z.string() }) });

eventBusContract("InMemoryEventBus", (onError) => new InMemoryEventBus({ onError: ({ cause }) => onError(cause) }));

it("stamps an occurrence with the id and the time it was given", async () => {
  const bus = new InMemoryEventBus({ onError: () => {}, now: () => 1_000, newId: () => "id-1" });
  const seen: unknown[] = [];
  bus.subscribe(shipped, (occurrence) => void seen.push(occurrence));
  await bus.publish(shipped, { orderId: "7" });
  expect(seen).toEqual([{ name: "order.shipped", id: "id-1", at: 1_000, payload: { orderId: "7" } }]);
});

it("reports which occurrence a listener failed on", async () => {
  const failures: unknown[] = [];
  const bus = new InMemoryEventBus({ onError: (failure) => failures.push(failure) });
  const cause = new Error("no printer");
  bus.subscribe(shipped, () => Promise.reject(cause));
  await bus.publish(shipped, { orderId: "7" });
  expect(failures).toEqual([{ cause, occurrence: expect.objectContaining({ payload: { orderId: "7" } }) }]);
});

it("rejects to the publisher when the report itself fails, and continues", async () => {
  const bus = new InMemoryEventBus({
    onError: ({ cause }) => {
      throw cause;
    },
  });
  const seen: string[] = [];
  bus.subscribe(shipped, ({ payload }) => {
    seen.push(payload.orderId);
    if (payload.orderId === "7") throw new Error("no printer");
  });
  await expect(bus.publish(shipped, { orderId: "7" })).rejects.toThrow("no printer");
  await bus.publish(shipped, { orderId: "8" });
  expect(seen).toEqual(["7", "8"]);
});

it("rejects to the outermost publisher when the report of a nested publish fails, though the listener continues meanwhile", async () => {
  const bus = new InMemoryEventBus({
    onError: ({ cause }) => {
      throw cause;
    },
  });
  bus.subscribe(shipped, async ({ payload }) => {
    if (payload.orderId === "7") void bus.publish(billed, { orderId: "7" });
    await nextTurn();
  });
  bus.subscribe(billed, () => Promise.reject(new Error("no ink")));
  await expect(bus.publish(shipped, { orderId: "7" })).rejects.toThrow("no ink");
});

it("waits again for a publish that a listener left behind after it had ended", async () => {
  const bus = new InMemoryEventBus({ onError: () => {} });
  const leftBehind: Promise<unknown>[] = [];
  const log: string[] = [];
  bus.subscribe(shipped, () => {
    const later = nextTurn().then(() => bus.publish(billed, { orderId: "7" }));
    leftBehind.push(later.then(() => log.push("published")));
  });
  bus.subscribe(billed, async () => {
    await nextTurn();
    log.push("finished");
  });
  await bus.publish(shipped, { orderId: "7" });
  await Promise.all(leftBehind);
  expect(log).toEqual(["finished", "published"]);
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
