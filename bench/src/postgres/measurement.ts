/** One row of the table: ours, the peer's in the same run where there is one, and the goal. */
export interface Measurement {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  readonly goal: string;
  readonly isMet: boolean;
}

/** The value below which a share of the ascending values lies. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}

export function tableOf(rows: readonly Measurement[]): string {
  const head = ["| what | Fourgate | beside | goal | met |", "| --- | ---: | ---: | --- | --- |"];
  const body = rows.map(({ what, ours, peer, goal, isMet }) => `| ${what} | ${ours} | ${peer} | ${goal} | ${metText(goal, isMet)} |`); // prettier-ignore
  return [...head, ...body].join("\n");
}

function metText(goal: string, isMet: boolean): string {
  if (goal === "") return "";
  return isMet ? "yes" : "**no**";
}
