import type { ClientIdentity } from "@repo/realtime-postgres";
import { FairTurns } from "./fair-turns.js";

/** The turns of everything that the database does for users: the pool's other connections remain for other work. */
export class UserTurns {
  readonly #turns: FairTurns<string>;

  constructor(maxRunning: number) {
    this.#turns = new FairTurns(maxRunning);
  }

  /** Resolves or rejects as `work` does; one user has half of the turns at most. Not to be called within a turn. */
  run<T>({ role, subject }: ClientIdentity, work: () => Promise<T>): Promise<T> {
    return this.#turns.run(`${role}\n${subject}`, work);
  }
}
