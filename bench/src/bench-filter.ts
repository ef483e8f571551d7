import type { Scale } from "./scale.js";
import type { Scenario } from "./scenario.js";

/** Which cases are wanted, by whole words of "name title: label"; all where no part is given. */
export class BenchFilter {
  readonly #parts: readonly string[];

  constructor(parts: readonly string[]) {
    this.#parts = parts.map(normalised);
  }

  selects({ name, title }: Scenario, label: string): boolean {
    const text = normalised(`${name} ${title}: ${label}`);
    return this.#parts.length === 0 || this.#parts.some((part) => containsWords(text, part));
  }

  /** The labels of a scenario that are wanted. */
  labelsOf(scenario: Scenario, scale: Scale): readonly string[] {
    return scenario.labels(scale).filter((label) => this.selects(scenario, label));
  }
}

/** "Client → client", "client -> client" and "client to client" are the same. */
function normalised(text: string): string {
  return text.toLowerCase().replace(/\s*(?:→|->)\s*/g, " to ");
}

/** "8 in flight" is not meant where "128 in flight" is written, nor "connect" where it is "connections". */
function containsWords(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1))
    if (!isInWord(text, at) && !isInWord(text, at + part.length)) return true;
  return false;
}

/** Whether a place is between two characters of one word. */
function isInWord(text: string, at: number): boolean {
  return /[a-z0-9]{2}/.test(text.slice(Math.max(0, at - 1), at + 1));
}
