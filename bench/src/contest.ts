import { Arena, type ArenaOptions } from "./arena.js";
import type { ContenderName } from "./contender-name.js";
import { median } from "./median.js";
import type { BenchContext } from "./scenario.js";

type Run<T> = (arenas: readonly Arena[]) => Promise<T>;

/** Opens an arena for every contender at once, with everybody in, and closes them whatever happens. */
export async function withArenas<T>(context: BenchContext, options: ArenaOptions, run: Run<T>): Promise<T> {
  return withEmptyArenas(context, options, async (arenas) => {
    for (const arena of arenas) await arena.letIn(options.clients);
    return run(arenas);
  });
}

/** The same, before anybody has come. */
export async function withEmptyArenas<T>(
  { programs, contenders }: BenchContext,
  options: ArenaOptions,
  run: Run<T>,
): Promise<T> {
  const starting = contenders.map((name) => Arena.start(programs, name, options));
  try {
    return await run(await Promise.all(starting));
  } finally {
    for (const started of await Promise.allSettled(starting))
      if (started.status === "fulfilled") await started.value.close();
  }
}

/** What each contender measured, one value per repeat. */
export type Measured<T> = ReadonlyMap<ContenderName, readonly T[]>;

/** Measures everybody in turn, again and again, so that a noisy minute is shared. The first round only warms up. */
export async function interleave<T>(
  { repeats, isQuick }: BenchContext,
  arenas: readonly Arena[],
  measure: (arena: Arena) => Promise<T>,
): Promise<Measured<T>> {
  const values = new Map<ContenderName, T[]>(arenas.map(({ name }) => [name, []]));
  for (let round = isQuick ? 0 : -1; round < repeats; round += 1)
    for (const arena of arenas) {
      const value = await measure(arena);
      if (round >= 0) values.get(arena.name)?.push(value);
    }
  return values;
}

/** The median of each contender. */
export function medians<T>(measured: Measured<T>, read: (value: T) => number): ReadonlyMap<ContenderName, number> {
  return new Map([...measured].map(([name, values]) => [name, median(values.map(read))]));
}
