import { describe, expect, it } from "vitest";
import type { IEventBus } from "../event-bus";
import { countedEvent } from "./counted-event";
import { deferred } from "./deferred";
import { reentrancyContract } from "./reentrancy-contract";

/** Makes a fresh bus that reports its failing listeners' causes to `onError`. */
export type MakeEventBus = (onError: (cause: unknown) => void) => IEventBus | Promise<IEventBus>;

const noted = countedEvent("contract.noted");
const other = countedEvent("contract.other");
const refuseFailures = (cause: unknown) => expect.unreachable(`a listener failed: ${String(cause)}`);

/** What every `IEventBus` must do; an implementation's test file is one call. */
export function eventBusContract(name: string, make: MakeEventBus): void {
  describe(`${name} keeps the event bus contract`, () => {
    it("passes every subscriber of the event, and of no other, the same occurrence", async () => {
      const bus = await make(refuseFailures);
      const seen: unknown[] = [];
      bus.subscribe(noted, (occurrence) => void seen.push(occurrence));
      bus.subscribe(noted, (occurrence) => void seen.push(occurrence));
      bus.subscribe(other, (occurrence) => void seen.push(occurrence));
      await bus.publish(noted, { n: 1 });
      const occurrence = { name: "contract.noted", id: expect.any(String), at: expect.any(Number), payload: { n: 1 } };
      expect(seen).toEqual([occurrence, occurrence]);
      expect(seen[0]).toEqual(seen[1]);
    });

    it("gives each publish an id of its own", async () => {
      const bus = await make(refuseFailures);
      const ids = new Set<string>();
      bus.subscribe(noted, ({ id }) => void ids.add(id));
      await bus.publish(noted, { n: 1 });
      await bus.publish(noted, { n: 1 });
      expect(ids.size).toBe(2);
    });

    it("refuses a payload that does not fit, names the event, and delivers nothing of it", async () => {
      const bus = await make(refuseFailures);
      const seen: number[] = [];
      bus.subscribe(noted, ({ payload }) => void seen.push(payload.n));
      const wrong = JSON.parse(`{"n":"one"}`);
      await expect(bus.publish(noted, wrong)).rejects.toThrow(TypeError);
      await expect(bus.publish(noted, wrong)).rejects.toThrow(/contract\.noted.*n: expected a number/);
      await bus.publish(noted, { n: 2 });
      expect(seen).toEqual([2]);
    });

    it("delivers one occurrence at a time, in the order of the calls, however long each takes", async () => {
      const bus = await make(refuseFailures);
      const log: string[] = [];
      const first = deferred();
      bus.subscribe(noted, async ({ payload: { n } }) => {
        log.push(`start ${n}`);
        if (n === 1) await first.promise;
        log.push(`end ${n}`);
      });
      bus.subscribe(noted, ({ payload: { n } }) => (n === 2 ? first.resolve() : undefined)); // 1 ends only after 2 went round
      await Promise.all([1, 2, 3].map((n) => bus.publish(noted, { n })));
      expect(log).toEqual(["start 1", "end 1", "start 2", "end 2", "start 3", "end 3"]);
    });

    it("keeps the order of the calls where the schema takes longer for the first", async () => {
      const bus = await make(refuseFailures);
      const second = deferred();
      const slow = countedEvent("contract.slow", async (n) => (n === 1 ? second.promise : second.resolve()));
      const seen: number[] = [];
      bus.subscribe(slow, ({ payload }) => void seen.push(payload.n));
      await Promise.all([1, 2].map((n) => bus.publish(slow, { n })));
      expect(seen).toEqual([1, 2]);
    });

    it("resolves a publish only when every subscriber has finished", async () => {
      const bus = await make(refuseFailures);
      const log: string[] = [];
      const work = deferred();
      bus.subscribe(noted, async () => {
        await work.promise;
        log.push("finished");
      });
      const published = bus.publish(noted, { n: 1 }).then(() => log.push("published"));
      await bus.publish(other, { n: 1 }); // another event is not delayed
      work.resolve();
      await published;
      expect(log).toEqual(["finished", "published"]);
    });

    it("reports a listener's failure with its cause and continues, for the others and for itself", async () => {
      const causes: unknown[] = [];
      const bus = await make((cause) => causes.push(cause));
      const seen: string[] = [];
      const [thrown, rejected] = [new Error("thrown"), new Error("rejected")];
      bus.subscribe(noted, ({ payload }) => {
        if (payload.n === 1) throw thrown;
        seen.push(`first ${payload.n}`);
      });
      bus.subscribe(noted, async ({ payload }) => {
        if (payload.n === 1) return Promise.reject(rejected);
        seen.push(`second ${payload.n}`);
      });
      bus.subscribe(noted, ({ payload }) => void seen.push(`third ${payload.n}`));
      await bus.publish(noted, { n: 1 });
      expect(seen).toEqual(["third 1"]);
      expect(causes).toHaveLength(2);
      expect(causes).toContain(thrown);
      expect(causes).toContain(rejected);
      await bus.publish(noted, { n: 2 });
      expect(seen.toSorted()).toEqual(["first 2", "second 2", "third 1", "third 2"]);
    });

    it("undoes one subscription, also when the same listener is subscribed twice and undone twice", async () => {
      const bus = await make(refuseFailures);
      const seen: number[] = [];
      const listener = ({ payload }: { payload: { n: number } }) => void seen.push(payload.n);
      const undo = bus.subscribe(noted, listener);
      bus.subscribe(noted, listener);
      undo();
      undo();
      await bus.publish(noted, { n: 1 });
      expect(seen).toEqual([1]);
    });

    it("publishes without subscribers, and without an error", async () => {
      const bus = await make(refuseFailures);
      await expect(bus.publish(noted, { n: 1 })).resolves.toBeUndefined();
    });

    reentrancyContract(make);
  });
}
