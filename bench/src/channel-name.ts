/** The name of a channel of the bench; `%d` where each client has its own. */
export function channelName(n: number | string): string {
  return `bench.${n}`;
}
