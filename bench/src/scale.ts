/** How much a run measures: all of it, a developer's look at it, or just enough to prove that it works. */
export type Scale = "full" | "quick" | "smoke";

/** A quantity at the scale of a run. */
export function pick<T>(scale: Scale, quantities: Readonly<Record<Scale, T>>): T {
  return quantities[scale];
}
