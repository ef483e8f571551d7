import { expect, it } from "vitest";
import { tableOf } from "../postgres/measurement.js";
import { LIVE_UI_SCENARIOS } from "./page-scenarios.js";

const PATIENCE_MS = 120_000; // for a busy machine; seconds on a quiet one

it.each(Object.entries(LIVE_UI_SCENARIOS))("measures %s", { timeout: PATIENCE_MS }, async (_name, measure) => {
  const rows = await measure("smoke");
  expect(rows.length).toBeGreaterThan(0);
  for (const { ours } of rows) expect(ours).toMatch(/\d/);
  expect(tableOf(rows)).not.toMatch(/NaN|undefined/);
});
