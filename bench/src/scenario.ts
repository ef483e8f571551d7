import type { Programs } from "./build.js";
import type { ColumnName, ContenderName } from "./contender-name.js";
import type { ProfileRecorder } from "./profile/profile-recorder.js";
import type { Scale } from "./scale.js";
import type { Goal } from "./tables/goal.js";

/** What a scenario works with. */
export interface BenchContext {
  readonly programs: Programs;
  readonly contenders: readonly ContenderName[];
  readonly scale: Scale;
  /** Measurements per contender and case, of which the median counts. */
  readonly repeats: number;
  /** The time of the run is nearly over: what is still to be measured is measured once. */
  readonly isLate: () => boolean;
  /** The time of the run is over: what is still to be measured is left out. */
  readonly isOver: () => boolean;
  /** Records CPU profiles of what is measured. */
  readonly profiles?: ProfileRecorder | undefined;
  /** Shows the progress. */
  readonly log: (text: string) => void;
}

/** What ours are to reach. */
export type Goals = Readonly<Partial<Record<ContenderName, Goal>>>;

/** What a scenario measures, one line of its table. */
export interface BenchCase {
  readonly label: string;
  readonly goals?: Goals;
}

/** A line of a table: a case, and the result of each column. Less is better. */
export interface Row extends BenchCase {
  readonly values: ReadonlyMap<ColumnName, number>;
}

/** The texts of a scenario. */
interface ScenarioTexts {
  readonly name: string;
  readonly title: string;
  /** Of every number in the table. */
  readonly unit: string;
  readonly note: string;
}

interface ScenarioDescription<Case extends BenchCase> extends ScenarioTexts {
  /** Who takes part; all where it is not given. */
  readonly contenders?: readonly ContenderName[];
  cases(scale: Scale): readonly Case[];
  /** Measures these cases, at least one. */
  run(context: BenchContext, cases: readonly Case[]): Promise<readonly Row[]>;
}

/** A measurement, and its result as a table. */
export interface Scenario extends ScenarioTexts {
  labels(scale: Scale): readonly string[];
  run(context: BenchContext, isWanted: (label: string) => boolean): Promise<readonly Row[]>;
}

/** The result of a scenario. */
export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

/** Describes a scenario by its cases. */
export function defineScenario<Case extends BenchCase>(description: ScenarioDescription<Case>): Scenario {
  const { name, title, unit, note, cases } = description;
  return {
    ...{ name, title, unit, note },
    labels: (scale) => cases(scale).map(({ label }) => label),
    run(context, isWanted) {
      const contenders = context.contenders.filter((each) => description.contenders?.includes(each) ?? true);
      const wanted = cases(context.scale).filter(({ label }) => isWanted(label));
      return description.run({ ...context, contenders }, wanted);
    },
  };
}
