/** A `.cpuprofile`, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node that ran at each sample. */
  readonly samples?: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas?: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
}

/** Where a function begins; line and column count from 0, and a native function has no URL. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** What a function itself took, without what it called. */
export interface SelfTime {
  readonly callFrame: CallFrame;
  readonly micros: number;
}

/** The self time of every function of a profile. A sample's function ran until the next sample. */
export function selfTimesOf({ nodes, samples = [], timeDeltas = [] }: CpuProfile): readonly SelfTime[] {
  const micros = new Map<number, number>();
  for (const [index, id] of samples.entries())
    micros.set(id, (micros.get(id) ?? 0) + Math.max(0, timeDeltas[index + 1] ?? 0));
  return nodes.map(({ id, callFrame }) => ({ callFrame, micros: micros.get(id) ?? 0 }));
}
