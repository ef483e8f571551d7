import { seededRandom } from "@repo/core-testing";
import { FuzzPages, type FuzzState } from "@repo/live-ui/testing";

/** The random states of a page by their number, each some changes away from the one before: the same ones for the same seed. */
export class FuzzStates {
  readonly #pages: FuzzPages;
  readonly #states: FuzzState[];

  constructor(seed: number) {
    this.#pages = new FuzzPages(seededRandom(seed));
    this.#states = [this.#pages.state];
  }

  at(step: number): FuzzState {
    while (this.#states.length <= step) {
      this.#pages.change();
      this.#states.push(this.#pages.state);
    }
    const state = this.#states[step];
    if (!state) throw new RangeError(`There is no state ${step}.`);
    return state;
  }
}
