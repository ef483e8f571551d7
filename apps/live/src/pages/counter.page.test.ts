import { mountLive } from "@repo/live-ui/testing";
import { expect, it } from "vitest";
import { counterPage } from "./counter.page.js";

it("counts, and changes the number alone", async () => {
  const page = await mountLive(counterPage);
  await page.act("increment");
  await page.act("increment");
  await page.act("decrement");
  expect(page.html()).toContain('<output id="count" class="big">1</output>');
  expect(page.operations()).toEqual([{ kind: "text", target: "count", text: "1" }]);
  await page.act("reset");
  expect(page.operations()).toEqual([{ kind: "text", target: "count", text: "0" }]);
});
