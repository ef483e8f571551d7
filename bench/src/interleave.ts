import type { ContenderName } from "./contender-name.js";
import { median } from "./median.js";
import type { BenchContext } from "./scenario.js";
import { TestBed, type TestBedOptions } from "./test-bed.js";

type Run<T> = (beds: readonly TestBed[]) => Promise<T>;

/** Starts a test bed for every contender at once, with all clients connected, and closes them whatever happens. */
export async function withTestBeds<T>(context: BenchContext, options: TestBedOptions, run: Run<T>): Promise<T> {
  return withEmptyTestBeds(context, options, async (beds) => {
    await Promise.all(beds.map((bed) => bed.connect(options.clients)));
    return run(beds);
  });
}

/** The same, with no client connected. */
export async function withEmptyTestBeds<T>(
  { programs, contenders }: BenchContext,
  options: TestBedOptions,
  run: Run<T>,
): Promise<T> {
  const starting = contenders.map((name) => TestBed.start(programs, name, options));
  try {
    return await run(await Promise.all(starting));
  } finally {
    for (const started of await Promise.allSettled(starting))
      if (started.status === "fulfilled") await started.value.close();
  }
}

/** What each contender measured, one value per repeat. */
export type Measured<T> = ReadonlyMap<ContenderName, readonly T[]>;

/** Measures all in turn, again and again, so that a noisy minute is shared. The first round only warms up. */
export async function interleave<T>(
  { repeats, scale, isLate, profiles }: BenchContext,
  beds: readonly TestBed[],
  measure: (bed: TestBed) => Promise<T>,
): Promise<Measured<T>> {
  const values = new Map<ContenderName, T[]>(beds.map(({ name }) => [name, []]));
  for (let round = scale === "smoke" ? 0 : -1; round < repeats && (round < 1 || !isLate()); round += 1)
    for (const bed of beds) {
      const value = round < 0 || !profiles ? await measure(bed) : await profiles.record(bed, () => measure(bed));
      if (round >= 0) values.get(bed.name)?.push(value);
    }
  return values;
}

/** The median of each contender. */
export function medians<T>(measured: Measured<T>, read: (value: T) => number): ReadonlyMap<ContenderName, number> {
  return new Map([...measured].map(([name, values]) => [name, median(values.map(read))]));
}
