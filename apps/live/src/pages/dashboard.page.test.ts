import { mountLive } from "@repo/live-ui/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Annotations } from "../data/annotations.js";
import { Ledger } from "../data/ledger.js";
import { Proposals } from "../data/proposals.js";
import { Pulse } from "../data/pulse.js";
import { TriageBoard } from "../data/triage-board.js";
import { dashboardPage } from "./dashboard.page.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

function sources() {
  const ledger = new Ledger();
  return {
    ledger,
    annotations: new Annotations(ledger),
    board: new TriageBoard(ledger),
    proposals: new Proposals(ledger),
    pulse: new Pulse({ intervalMs: 1_000, measure: () => 42 }),
    openPages: () => 3,
  };
}

it("pushes while a page is open, and stops when none is", async () => {
  const { pulse, ...rest } = sources();
  const page = dashboardPage({ pulse, ...rest });
  expect(pulse.isRunning).toBe(false);
  const first = await mountLive(page);
  const second = await mountLive(page);
  vi.advanceTimersByTime(1_000);
  await first.settled();
  await second.settled();
  expect(first.html()).toContain('<span id="beats">1</span>');
  expect(second.html()).toContain('<span id="memory">42 MB</span>');
  first.unmount();
  expect(pulse.isRunning).toBe(true);
  second.unmount();
  expect(pulse.isRunning).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(pulse.samples).toHaveLength(1);
});

it("sends an entry of the ledger by itself", async () => {
  const given = sources();
  const page = await mountLive(dashboardPage(given));
  given.ledger.append("decision", "First");
  page.refresh();
  await page.settled();
  given.ledger.append("decision", "Second");
  page.refresh();
  await page.settled();
  expect(page.operations()).toMatchObject([{ kind: "text", target: "ledger-count", text: "2" }, { kind: "before" }]);
  page.unmount();
});

it("keeps a bounded ledger and bounded measurements", async () => {
  const { ledger, pulse } = sources();
  for (let at = 0; at < 150; at += 1) ledger.append("triage", `${at}`);
  expect(ledger.entries).toHaveLength(100);
  expect(ledger.count).toBe(150);
  const leave = pulse.watch(() => undefined);
  vi.advanceTimersByTime(60_000);
  expect(pulse.samples).toHaveLength(30);
  leave();
});
