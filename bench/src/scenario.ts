import type { Programs } from "./build.js";
import type { ContenderName } from "./contender-name.js";
import type { Goal } from "./goal.js";

/** What a scenario works with. */
export interface BenchContext {
  readonly programs: Programs;
  readonly contenders: readonly ContenderName[];
  /** A short look instead of a measurement. */
  readonly isQuick: boolean;
  /** Measurements per contender and case, of which the median counts. */
  readonly repeats: number;
  /** Tells the person who waits. */
  readonly say: (text: string) => void;
}

/** One line of a table: a case, and what each contender came to. Less is better. */
export interface Row {
  readonly label: string;
  readonly values: ReadonlyMap<ContenderName, number>;
  /** What ours are to reach. */
  readonly goals?: Goals;
}

/** What a scenario came to. */
export interface Answer {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

export type Goals = Readonly<Partial<Record<ContenderName, Goal>>>;

/** A question, and its answer as a table. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Of every number in the table. */
  readonly unit: string;
  readonly note: string;
  run(context: BenchContext): Promise<readonly Row[]>;
}
