export { seededRandom as createRandom } from "@repo/core-testing";

/** Chance that can be had again: numbers from 0 up to 1, the same ones for the same seed. */
export type Random = () => number;

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
