import { Hold } from "@repo/core-testing";
import { expect, it } from "vitest";
import { rowEntity } from "./testing/row-entity.js";
import { RowRepository } from "./testing/row-repository.js";
import { published, put, rowsUnderTest, type Rows } from "./testing/rows-under-test.js";

it("publishes what a transaction wrote when it has committed, in order, and not before", async () => {
  const { bus, repository, rows } = rowsUnderTest();
  const seen: unknown[] = [];
  bus.subscribe(rowEntity.changed, async ({ payload: { id } }) => void seen.push(await repository.find(id)));
  const result = await rows.transaction(async (tx) => {
    await put(tx, "1");
    await put(tx, "2");
    await tx.update("1", { title: "one" });
    expect(published(bus)).toEqual([]);
    return "done";
  });
  expect(result).toBe("done");
  expect(published(bus)).toEqual(["created 1", "created 2", "updated 1"]);
  expect(seen).toMatchObject([{ title: "one" }, { id: "2" }, { title: "one" }]);
});

it("publishes nothing of a transaction that throws inside", async () => {
  const { bus, repository, rows } = rowsUnderTest();
  const failed = rows.transaction(async (tx) => {
    await put(tx, "1");
    throw new Error("rolled back by the test");
  });
  await expect(failed).rejects.toThrow("rolled back by the test");
  expect(published(bus)).toEqual([]);
  expect(repository.count()).toBe(0);
});

it("publishes nothing of a transaction whose commit fails", async () => {
  const { bus, repository, rows } = rowsUnderTest();
  repository.failNextCommit(new Error("disk full"));
  await expect(rows.transaction((tx) => put(tx, "1"))).rejects.toThrow("disk full");
  expect(published(bus)).toEqual([]);
  await rows.transaction((tx) => put(tx, "2"));
  expect(published(bus)).toEqual(["created 2"]);
});

it("publishes what a nested transaction wrote with the outer one, in its place", async () => {
  const { bus, rows } = rowsUnderTest();
  await rows.transaction(async (tx) => {
    await put(tx, "1");
    await tx.transaction((inner) => put(inner, "2"));
    await put(tx, "3");
    expect(published(bus)).toEqual([]);
  });
  expect(published(bus)).toEqual(["created 1", "created 2", "created 3"]);
});

it("drops what a nested transaction wrote that was rolled back alone", async () => {
  const { bus, rows } = rowsUnderTest();
  await rows.transaction(async (tx) => {
    await put(tx, "1");
    const nested = tx.transaction(async (inner) => {
      await put(inner, "2");
      throw new Error("not that");
    });
    await expect(nested).rejects.toThrow("not that");
    await put(tx, "3");
  });
  expect(published(bus)).toEqual(["created 1", "created 3"]);
});

it("drops what a nested transaction committed where the outer one is rolled back", async () => {
  const { bus, repository, rows } = rowsUnderTest();
  repository.failNextCommit(new Error("disk full"));
  await expect(rows.transaction((tx) => tx.transaction((inner) => put(inner, "2")))).rejects.toThrow("disk full");
  expect(published(bus)).toEqual([]);
});

it("publishes only the try that committed, where a repository tries again", async () => {
  class Trying extends RowRepository {
    override async transaction<Result>(run: (tx: RowRepository) => Promise<Result>): Promise<Result> {
      await new RowRepository().transaction(run); // came to nothing
      return super.transaction(run);
    }
  }
  const { bus, rows } = rowsUnderTest(new Trying());
  const tries: Rows[] = [];
  await rows.transaction((tx) => put(tx, `${tries.push(tx)}`));
  expect(published(bus)).toEqual(["created 2"]);
  for (const tx of tries) await expect(put(tx, "3")).rejects.toThrow(/This transaction was/);
});

it("keeps two transactions at once apart", async () => {
  const { bus, rows } = rowsUnderTest();
  const one = rows.transaction(async (tx) => {
    await put(tx, "1");
    throw new Error("no");
  });
  const two = rows.transaction((tx) => put(tx, "2"));
  await Promise.allSettled([one, two]);
  expect(published(bus)).toEqual(["created 2"]);
});

it("refuses writes through a transaction that has ended", async () => {
  const { bus, rows } = rowsUnderTest();
  const leaked = await rows.transaction(async (tx) => ({ tx }));
  await expect(put(leaked.tx, "1")).rejects.toThrow(/This transaction was committed; write through the repository/);
  await expect(leaked.tx.update("1", { title: "x" })).rejects.toThrow(TypeError);
  await expect(leaked.tx.transaction(async () => {})).rejects.toThrow(TypeError);
  expect(published(bus)).toEqual([]);
});

it("refuses writes through a transaction that was rolled back", async () => {
  const { rows } = rowsUnderTest();
  let leaked = rows;
  const failed = rows.transaction(async (tx) => {
    leaked = tx;
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  await expect(put(leaked, "1")).rejects.toThrow(/This transaction was rolled back/);
});

it.each([
  ["still publishes", "is committed", ["created 1"]],
  ["publishes nothing of", "is rolled back", []],
])("%s a write that was not awaited and that ends after its transaction %s", async (_what, outcome, expected) => {
  const written = new Hold();
  class Slow extends RowRepository {
    override async transaction<Result>(run: (tx: RowRepository) => Promise<Result>): Promise<Result> {
      const tx = new RowRepository();
      const { create } = tx;
      tx.create = async (draft) => (await written.pass(), create.call(tx, draft));
      return run(tx);
    }
  }
  const { bus, rows } = rowsUnderTest(new Slow());
  let late: Promise<unknown> = Promise.resolve();
  const ended = rows.transaction(async (tx) => {
    late = put(tx, "1");
    if (outcome === "is rolled back") throw new Error("no");
  });
  await Promise.allSettled([ended]);
  expect(published(bus)).toEqual([]);
  written.release();
  await late;
  expect(published(bus)).toEqual(expected);
});

it("holds a write in a transaction to its base version as it stands there", async () => {
  const { bus, rows } = rowsUnderTest();
  await put(rows, "1");
  await rows.transaction(async (tx) => {
    await tx.update("1", { title: "x" }, { baseVersion: 1 });
    await expect(tx.update("1", { title: "y" }, { baseVersion: 1 })).rejects.toMatchObject({ code: "REFUSED" });
  });
  expect(published(bus)).toEqual(["created 1", "updated 1"]);
});
