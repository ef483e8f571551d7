import type { BenchFilter } from "./bench-filter.js";
import type { ProfileRecorder } from "./profile/profile-recorder.js";
import type { BenchContext, Row, Scenario, ScenarioResult } from "./scenario.js";

/** What the scenarios of a run have brought. */
export interface ScenarioRuns {
  readonly results: readonly ScenarioResult[];
  /** What was not measured for lack of time. */
  readonly skipped: readonly string[];
  /** What ended with an error, and why. */
  readonly failed: readonly string[];
}

/** Where the texts of a run go as they come. */
export interface RunReport {
  readonly filter: BenchFilter;
  readonly spentMs: () => number;
  onResult(result: ScenarioResult): void;
  onProfile(text: string): void;
}

/** Runs one scenario after the other. One that fails is reported with its cause, and the others are measured all the same. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  context: BenchContext,
  { filter, spentMs, onResult, onProfile }: RunReport,
): Promise<ScenarioRuns> {
  const results: ScenarioResult[] = [];
  const [skipped, failed]: [string[], string[]] = [[], []];
  for (const scenario of scenarios) {
    const labels = filter.labelsOf(scenario, context.scale);
    if (labels.length === 0) continue;
    if (context.isOver()) {
      skipped.push(scenario.title);
      continue;
    }
    context.log(`— ${scenario.title} (after ${Math.round(spentMs() / 1_000)} s)`);
    try {
      const rows = await rowsOf(scenario, labels, { context, onProfile });
      if (rows.length < labels.length) skipped.push(`a part of ${scenario.title}`);
      results.push({ scenario, rows });
      onResult({ scenario, rows });
    } catch (cause) {
      context.log(`FAILED: ${scenario.title}: ${cause instanceof Error ? cause.stack : String(cause)}`);
      failed.push(`${scenario.title}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return { results, skipped, failed };
}

interface Measuring {
  readonly context: BenchContext;
  readonly onProfile: (text: string) => void;
}

async function rowsOf(scenario: Scenario, labels: readonly string[], { context, onProfile }: Measuring) {
  const { profiles } = context;
  if (!profiles) return scenario.run(context, (label) => labels.includes(label));
  const rows: Row[] = [];
  for (const wanted of labels) rows.push(...(await profiled(scenario, wanted, { context, profiles, onProfile }))); // one by one: a profile each
  return rows;
}

async function profiled(
  scenario: Scenario,
  wanted: string,
  { context, profiles, onProfile }: Measuring & { readonly profiles: ProfileRecorder },
): Promise<readonly Row[]> {
  const rows = await scenario.run(context, (label) => label === wanted);
  for (const text of await profiles.summaries(`${scenario.title}: ${wanted}`)) onProfile(text);
  return rows;
}
