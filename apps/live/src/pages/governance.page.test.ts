import { InMemoryStateStore } from "@repo/live-ui";
import { mountLive } from "@repo/live-ui/testing";
import { expect, it } from "vitest";
import { Ledger } from "../data/ledger.js";
import { Proposals } from "../data/proposals.js";
import { governancePage } from "./governance.page.js";

async function mount() {
  const ledger = new Ledger();
  const proposals = new Proposals(ledger);
  const page = await mountLive(governancePage(proposals), { store: new InMemoryStateStore() });
  return { ledger, proposals, page };
}

async function reviewed() {
  const mounted = await mount();
  const { page } = mounted;
  await page.act("next", { title: "Meetings end earlier", area: "rules" });
  await page.act("next", { reason: "Because nobody listens after that." });
  await page.act("next", { groups: ["Design"], majority: "all" });
  return mounted;
}

it("leads through its steps to a review of everything", async () => {
  const { page } = await reviewed();
  expect(page.html()).toContain("Step 4 of 4: Review");
  for (const text of ["Meetings end earlier", "rules", "Because nobody listens after that.", "Design", "Everybody"])
    expect(page.html()).toContain(text);
});

it("stays at a step whose demand is not met, with what was entered", async () => {
  const { page } = await mount();
  await page.act("next", { title: "No" });
  expect(page.html()).toContain("A title has at least 5 letters.");
  expect(page.html()).toContain('value="No"');
  expect(page.title).toBe("Proposal: Subject");
});

it("keeps what was entered on the way back, and forgets what was unchecked", async () => {
  const { page } = await reviewed();
  await page.act("back");
  await page.act("back", { majority: "half" });
  expect(page.html()).toContain("Because nobody listens after that.");
  await page.act("next", { reason: "Because nobody listens after that." });
  await page.act("next", {});
  expect(page.html()).toContain("Somebody has to vote");
});

it("submits what was reviewed, and nothing before", async () => {
  const { proposals, ledger, page } = await reviewed();
  await page.act("back");
  await page.act("submit");
  expect(proposals.count).toBe(0);
  await page.act("next", { groups: ["Design"] });
  await page.act("submit");
  await page.act("submit");
  expect(proposals.count).toBe(1);
  expect(ledger.entries[0]?.text).toBe("Proposal 1, “Meetings end earlier”, is open to Design");
  expect(page.html()).toContain("Proposal 1 is submitted");
});
