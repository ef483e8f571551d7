import { expect, it } from "vitest";
import { countedEvent } from "./counted-event";
import { deferred } from "./deferred";
import type { MakeEventBus } from "./event-bus-contract";

const noted = countedEvent("contract.noted");
const other = countedEvent("contract.other");
const refuseFailures = (cause: unknown) => expect.unreachable(`a listener failed: ${String(cause)}`);

/** The part of the contract in which listeners themselves publish, subscribe and leave. */
export function reentrancyContract(make: MakeEventBus): void {
  it("takes an awaited publish inside a listener of that very event, and waits for all of it outside", async () => {
    const bus = await make(refuseFailures);
    const seen: string[] = [];
    bus.subscribe(noted, async ({ payload: { n } }) => {
      seen.push(`first ${n}`);
      if (n < 3) await bus.publish(noted, { n: n + 1 });
    });
    bus.subscribe(noted, async ({ payload: { n } }) => void seen.push(`second ${n}`));
    await bus.publish(noted, { n: 1 });
    expect(seen.filter((entry) => entry.startsWith("first"))).toEqual(["first 1", "first 2", "first 3"]);
    expect(seen.filter((entry) => entry.startsWith("second"))).toEqual(["second 1", "second 2", "second 3"]);
  });

  it("waits outside for a nested publish that the listener did not await", async () => {
    const bus = await make(refuseFailures);
    const seen: number[] = [];
    bus.subscribe(noted, () => void bus.publish(other, { n: 2 }));
    bus.subscribe(other, async ({ payload }) => {
      await Promise.resolve();
      seen.push(payload.n);
    });
    await bus.publish(noted, { n: 1 });
    expect(seen).toEqual([2]);
  });

  it("does not deadlock when two listeners publish to each other's lines at once", async () => {
    const bus = await make(refuseFailures);
    const both = deferred();
    const seen: string[] = [];
    bus.subscribe(noted, async ({ payload: { n } }) => {
      seen.push(`noted ${n}`);
      if (n !== 1) return;
      await both.promise; // the other queue is busy too by then
      await bus.publish(other, { n: 2 });
    });
    bus.subscribe(other, async ({ payload: { n } }) => {
      seen.push(`other ${n}`);
      if (n !== 1) return;
      both.resolve();
      await bus.publish(noted, { n: 2 });
    });
    await Promise.all([bus.publish(noted, { n: 1 }), bus.publish(other, { n: 1 })]);
    expect(seen.toSorted()).toEqual(["noted 1", "noted 2", "other 1", "other 2"]);
  });

  it("rejects to the listener itself when its nested payload does not fit", async () => {
    const causes: unknown[] = [];
    const bus = await make((cause) => causes.push(cause));
    bus.subscribe(noted, () => bus.publish(other, JSON.parse("{}")));
    await bus.publish(noted, { n: 1 });
    expect(causes).toEqual([expect.any(TypeError)]);
  });

  it("stops at once when a listener undoes another's subscription, or its own, during delivery", async () => {
    const bus = await make(refuseFailures);
    const seen: string[] = [];
    const undoOwn = bus.subscribe(noted, () => {
      seen.push("first");
      undoOwn();
      undoOther();
    });
    const undoOther = bus.subscribe(noted, () => void seen.push("second"));
    bus.subscribe(noted, () => void seen.push("third"));
    await Promise.all([bus.publish(noted, { n: 1 }), bus.publish(noted, { n: 2 })]);
    expect(seen).toEqual(["first", "third", "third"]);
  });

  it("does not pass a new subscriber what was published before it was added", async () => {
    const bus = await make(refuseFailures);
    const seen: number[] = [];
    const undo = bus.subscribe(noted, () => {
      undo();
      bus.subscribe(noted, ({ payload }) => void seen.push(payload.n));
    });
    await bus.publish(noted, { n: 1 });
    await bus.publish(noted, { n: 2 });
    expect(seen).toEqual([2]);
  });
}
