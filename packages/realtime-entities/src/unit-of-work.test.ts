import { RecordingEventBus } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { UnitOfWork } from "./entity-repository.js";
import { rowEntity } from "./testing/row-entity.js";
import { RowRepository } from "./testing/row-repository.js";
import { withEntityEvents } from "./with-entity-events.js";

/** One unit at a time, as an app's own might be. */
class OneUnit implements UnitOfWork {
  #waiting: (() => Promise<void>)[] | undefined;

  async run(work: () => Promise<void>): Promise<void> {
    this.#waiting = [];
    try {
      await work();
    } catch (cause) {
      this.#waiting = undefined;
      throw cause;
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    for (const publish of waiting) await publish();
  }

  afterCommit(work: () => Promise<void>): void {
    if (this.#waiting) this.#waiting.push(work);
    else void work();
  }
}

function wired() {
  const bus = new RecordingEventBus();
  const unitOfWork = new OneUnit();
  const rows = withEntityEvents(new RowRepository(), bus, { channels: rowEntity, onError: () => {}, unitOfWork });
  return { bus, unitOfWork, rows };
}

it("leaves it to the app's unit of work when to publish", async () => {
  const { bus, unitOfWork, rows } = wired();
  await unitOfWork.run(async () => {
    await rows.create({ id: "1", title: "one" });
    await rows.update("1", { title: "uno" });
    expect(bus.published).toEqual([]);
  });
  expect(bus.published).toMatchObject([{ payload: { kind: "created" } }, { payload: { kind: "updated" } }]);
});

it("publishes nothing where the unit is rolled back", async () => {
  const { bus, unitOfWork, rows } = wired();
  const failed = unitOfWork.run(async () => {
    await rows.create({ id: "1", title: "one" });
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(bus.published).toEqual([]);
});

it("passes on what a transaction inside the unit wrote when that has committed, and nothing of one that has not", async () => {
  const { bus, unitOfWork, rows } = wired();
  await unitOfWork.run(async () => {
    await rows.transaction((tx) => tx.create({ id: "1", title: "one" }));
    await rows.transaction(() => Promise.reject(new Error("no"))).catch(() => {});
    expect(bus.published).toEqual([]);
  });
  expect(bus.published).toHaveLength(1);
});

it("stands by the write where the unit takes no more work, and reports that", async () => {
  const bus = new RecordingEventBus();
  const failures: unknown[] = [];
  const cause = new Error("the unit has ended");
  const unitOfWork: UnitOfWork = {
    afterCommit() {
      throw cause;
    },
  };
  const onError = (failure: unknown) => void failures.push(failure);
  const rows = withEntityEvents(new RowRepository(), bus, { channels: rowEntity, onError, unitOfWork });
  await expect(rows.create({ id: "1", title: "one" })).resolves.toMatchObject({ id: "1" });
  expect(failures).toMatchObject([{ change: { kind: "created", id: "1" }, cause }]);
});
