import fc from "fast-check";
import { expect, it } from "vitest";
import { published, put, rowsUnderTest, type Rows } from "./testing/rows-under-test.js";

it("publishes exactly what is committed, however transactions nest and fail", async () => {
  const { tree } = fc.letrec<{ tree: Plan; write: Plan }>((tie) => ({
    write: fc.constant<Plan>("write"),
    tree: fc.oneof(
      { maxDepth: 4 },
      tie("write"),
      fc.record({ fails: fc.boolean(), inside: fc.array(tie("tree"), { maxLength: 4 }) }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(tree, { maxLength: 5 }), async (plans) => {
      const { bus, repository, rows } = rowsUnderTest();
      let count = 0;
      const follow = async (plan: Plan, within: Rows): Promise<void> => {
        if (plan === "write") return void (await put(within, `${(count += 1)}`));
        const nested = within.transaction(async (tx) => {
          for (const step of plan.inside) await follow(step, tx);
          if (plan.fails) throw new Error("rolled back");
        });
        await nested.catch(() => {});
      };
      for (const plan of plans) await follow(plan, rows);
      const kept: string[] = [];
      for (let id = 1; id <= count; id += 1) if (await repository.find(`${id}`)) kept.push(`created ${id}`);
      expect(published(bus)).toEqual(kept);
    }),
  );
});

type Plan = "write" | { readonly fails: boolean; readonly inside: readonly Plan[] };
