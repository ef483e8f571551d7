import { TokenBucket, type Rate } from "./token-bucket.js";

const MAX_SUBJECTS = 100_000; // about 20 MB; more of them within two seconds is no load that a limit per subject can stop

/**
 * A bucket for each user, or each address. It outlives the subject's last connection for as long as it is not full again:
 * a subject that comes back has what was left. Two generations, so that forgetting inspects no single bucket.
 */
export class SubjectBuckets {
  readonly #rate: Rate;
  readonly #keepMs: number;
  readonly #maxSubjects: number;
  #young = new Map<string, TokenBucket>();
  #old = new Map<string, TokenBucket>();
  #turnsAt = 0;

  constructor(rate: Rate, maxSubjects = MAX_SUBJECTS) {
    this.#rate = rate;
    this.#keepMs = (2 * rate.burst * 1000) / rate.perSecond; // full again, even one that owes a whole burst
    this.#maxSubjects = maxSubjects;
  }

  /** How many subjects are remembered. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** The bucket of a subject; `monotonic` is the clock's time in milliseconds. */
  of(subject: string, monotonic: number): TokenBucket {
    this.#turn(monotonic);
    const young = this.#young.get(subject);
    if (young) return young;
    const bucket = this.#old.get(subject) ?? new TokenBucket(this.#rate, monotonic);
    this.#old.delete(subject);
    this.#young.set(subject, bucket);
    return bucket;
  }

  /** Forgets the old generation: its buckets have not been used for `keepMs`. Earlier only where there are too many subjects. */
  #turn(monotonic: number): void {
    if (monotonic < this.#turnsAt && this.#young.size * 2 < this.#maxSubjects) return;
    const isIdle = monotonic >= this.#turnsAt + this.#keepMs; // the young ones as well
    this.#old = isIdle ? new Map() : this.#young;
    this.#young = new Map();
    this.#turnsAt = monotonic + this.#keepMs;
  }
}
