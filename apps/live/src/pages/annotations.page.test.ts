import { InMemoryStateStore } from "@repo/live-ui";
import { mountLive } from "@repo/live-ui/testing";
import { expect, it } from "vitest";
import { Annotations } from "../data/annotations.js";
import { Ledger } from "../data/ledger.js";
import { annotationsPage } from "./annotations.page.js";

const PART = "composer:revenue";

async function mount() {
  const annotations = new Annotations(new Ledger(() => new Date("2026-03-01T09:30:00Z")));
  const page = annotationsPage(annotations);
  const mounted = await mountLive(page, { params: { widget: "revenue" }, store: new InMemoryStateStore() });
  return { annotations, page, mounted };
}

it("previews what is typed, and keeps it in the component", async () => {
  const { mounted } = await mount();
  await mounted.act("$bind", { field: "body", value: "Why <so> low?" }, PART);
  await mounted.act("$bind", { field: "kind", value: "problem" }, PART);
  expect(mounted.html()).toMatch(/<p id="preview" class="text">Why &lt;so&gt; low\?<\/p>/);
  expect(mounted.html()).toMatch(/class="tag kind-problem">problem/);
});

it("posts to its own widget, and empties the form", async () => {
  const { annotations, mounted } = await mount();
  await mounted.act("post", { kind: "idea", body: "  Show the plan. " }, PART);
  expect(annotations.of("revenue")).toMatchObject([{ kind: "idea", body: "Show the plan." }]);
  expect(annotations.of("churn")).toEqual([]);
  expect(mounted.html()).toContain("09:30");
  expect(mounted.html()).toContain("Nothing written yet.");
});

it("names what is missing, and posts nothing", async () => {
  const { annotations, mounted } = await mount();
  await mounted.act("post", { kind: "idea", body: " " }, PART);
  expect(mounted.html()).toContain("Write something first.");
  expect(annotations.count).toBe(0);
  await mounted.act("$bind", { field: "body", value: "Now" }, PART);
  expect(mounted.html()).not.toContain("Write something first.");
});

it("adds a row for what others post", async () => {
  const { annotations, mounted } = await mount();
  annotations.add("revenue", { kind: "question", body: "First" });
  mounted.refresh();
  await mounted.settled();
  annotations.add("revenue", { kind: "question", body: "Second" });
  mounted.refresh();
  await mounted.settled();
  expect(mounted.operations().map(({ kind }) => kind)).toEqual(expect.arrayContaining(["before"]));
  expect(mounted.operations()).toHaveLength(2); // the count, and the row
});

it("keeps at most a hundred for a widget", async () => {
  const { annotations } = await mount();
  for (let at = 0; at < 120; at += 1) annotations.add("churn", { kind: "idea", body: `${at}` });
  expect(annotations.of("churn")).toHaveLength(100);
  expect(annotations.of("churn")[0]?.body).toBe("119");
});
