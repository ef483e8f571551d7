import type { SelfTime } from "./cpu-profile.js";
import { PROFILE_GROUPS, profileGroupOf, type ProfileGroup } from "./profile-group.js";

const FILES = 20;
const FUNCTIONS = 20;

/** The profiles of one contender in one scenario. */
export interface ProfiledRun {
  readonly title: string;
  readonly selfTimes: readonly (SelfTime & { readonly file: string })[];
  /** By the kernel's own account. */
  readonly cpuMicros: number;
  readonly systemMicros: number;
}

/** Where the CPU time went, as text: by group, by file of ours, by function. Idle time is left out. */
export function profileSummary({ title, selfTimes, cpuMicros, systemMicros }: ProfiledRun): string {
  const groups = new Map<string, number>(PROFILE_GROUPS.map((group) => [group, 0]));
  const files = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  for (const { callFrame, file, micros } of selfTimes) {
    const group = profileGroupOf(file, callFrame.functionName);
    if (group === undefined || micros === 0) continue;
    total += micros;
    add(groups, group, micros);
    if (group === "ours") add(files, file, micros);
    add(functions, `${callFrame.functionName || "(anonymous)"}  ${placeOf(file, group)}`, micros);
  }
  const share = (micros: number) => `${((100 * micros) / Math.max(1, total)).toFixed(1).padStart(5)} %`;
  const lines = (times: ReadonlyMap<string, number>, most: number) =>
    [...times].filter(([, micros]) => micros > 0).sort(([, a], [, b]) => b - a).slice(0, most).map(([name, micros]) => `  ${share(micros)}  ${name}`); // prettier-ignore
  return [
    `${title}: ${(cpuMicros / 1e6).toFixed(2)} s of CPU, ${Math.round((100 * systemMicros) / Math.max(1, cpuMicros))} % of it in the kernel`,
    "Self time by group",
    ...lines(groups, groups.size),
    ...(files.size > 0 ? ["Self time by file of ours", ...lines(files, FILES)] : []),
    "Self time by function",
    ...lines(functions, FUNCTIONS),
    "",
  ].join("\n");
}

function placeOf(file: string, group: ProfileGroup): string {
  return file === "" ? `[${group}]` : file.replace(/^.*node_modules\//, "");
}

function add(times: Map<string, number>, name: string, micros: number): void {
  times.set(name, (times.get(name) ?? 0) + micros);
}
