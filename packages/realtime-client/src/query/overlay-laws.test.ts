import fc from "fast-check";
import { expect, it } from "vitest";
import { deferred, type Deferred } from "../testing/deferred.js";
import { note, queryClient, watched, type Note } from "../testing/query-client.js";

const id = fc.constantFrom("a", "b", "c", "d", "e", "f");
const score = fc.integer({ min: 0, max: 5 });

/** What the user does, what others do meanwhile, and what happens to the connection. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), id, score, isForbidden: fc.boolean() }),
  fc.record({ kind: fc.constant("update" as const), id, score, version: fc.option(fc.integer({ min: 1, max: 3 })) }),
  fc.record({ kind: fc.constant("delete" as const), id }),
  fc.record({ kind: fc.constant("others" as const), id, score }),
  fc.record({ kind: fc.constant("go on" as const) }),
  fc.record({ kind: fc.constant("cut" as const) }),
);

it("shows in the end what the database has, and no row twice on the way, whatever is refused, cut or done by others", async () => {
  const { query, database, transport, change, createRecord, updateRecord, deleteRecord } = await queryClient();
  const all = query("notes").orderBy("score").orderBy("id");
  const queries = [
    all,
    all.where("score", "<", 4),
    all.limit(3),
    all.select("id", "score").where("score", "in", [1, 2]),
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await database.set("notes", [note("a"), note("b", { score: 3 })] as never);
      let gate: Deferred<undefined> = deferred();
      database.before = gate.promise;
      const seen = queries.map((one) => watched(one));
      for (const { status } of seen) await expect.poll(status, { interval: 1 }).toBe("subscribed");
      const settled: Promise<unknown>[] = [];
      for (const one of steps) {
        if (one.kind === "create" && !database.find({ table: "notes" }).some((row) => row.id === one.id))
          settled.push(
            createRecord("notes", { id: one.id, score: one.score, body: one.isForbidden ? "forbidden" : "" }),
          );
        if (one.kind === "update")
          settled.push(
            updateRecord(
              "notes",
              one.id,
              { score: one.score },
              one.version ? { expect: { version: one.version } } : {},
            ),
          );
        if (one.kind === "delete") settled.push(deleteRecord("notes", one.id));
        if (one.kind === "others")
          await change((rows) => [...rows.filter((row) => row.id !== one.id), note(one.id, { score: one.score })]);
        if (one.kind === "cut") transport.cut();
        if (one.kind === "go on") {
          gate.resolve(undefined);
          gate = deferred();
          database.before = gate.promise;
        }
      }
      gate.resolve(undefined);
      database.before = undefined;
      await Promise.allSettled(settled);
      for (const [at, one] of seen.entries()) {
        const rows = database.find(queries[at]?.node as never);
        await expect
          .poll(() => one.last(), { interval: 1 })
          .toMatchObject({ rows, status: "subscribed", isStale: false });
        for (const snapshot of one.snapshots) {
          const shown = snapshot.rows.map((row) => (row as Note).id);
          expect(new Set(shown).size).toBe(shown.length);
        }
        one.stop();
      }
      await expect.poll(() => database.openQueries, { interval: 1 }).toBe(0);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
