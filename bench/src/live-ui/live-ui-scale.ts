/** How much is measured: a whole run, a short one where the machine is busy, or each scenario once. */
export type LiveUiScale = "full" | "short" | "smoke";

export function pick<T>(scale: LiveUiScale, values: Readonly<Record<LiveUiScale, T>>): T {
  return values[scale];
}
