import type { Call, CallChain } from "./call-chain";

/** Which part of a chain counts. */
export interface PathBounds {
  /** The address of the folder that holds the repository, with a slash at the end. */
  readonly root: string;
  /** The first call of the path; calls before it do not count. */
  readonly isStart: (call: Call) => boolean;
}

/** The files of our packages from the start of a path to its end, in the order of their first calls, below the root. */
export function filesOnPath(chain: CallChain, { root, isStart }: PathBounds): readonly string[] {
  const start = chain.findIndex((calls) => calls.some(isStart));
  if (start === -1) throw new Error("No call of the chain is the start of the path.");
  const counted = chain.slice(0, start + 1).map((calls, index) => (index === start ? upTo(calls, isStart) : calls));
  const urls = counted.toReversed().flatMap((calls) => calls.toReversed().map(({ url }) => url));
  return [...new Set(urls)].filter((url) => isOurs(url, root)).map((url) => url.slice(root.length));
}

/** The innermost call first, so that what led to the start stands behind it. */
function upTo(calls: readonly Call[], isStart: PathBounds["isStart"]): readonly Call[] {
  return calls.slice(0, calls.findIndex(isStart));
}

function isOurs(url: string, root: string): boolean {
  return url.startsWith(`${root}packages/`) && !url.includes("/node_modules/");
}
