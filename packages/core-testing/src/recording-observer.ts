import type { IRealtimeObserver, RealtimeObservation } from "@repo/core-realtime";
import { Waiters } from "./waiters";

type Kind = RealtimeObservation["kind"];
type OfKind<K extends Kind> = Extract<RealtimeObservation, { readonly kind: K }>;

/** Keeps what it observed, for a test to read or to wait for. */
export class RecordingObserver implements IRealtimeObserver {
  readonly #observations: RealtimeObservation[] = [];
  readonly #waiters = new Waiters<RealtimeObservation>();

  /** All that was observed, oldest first. */
  get observations(): readonly RealtimeObservation[] {
    return this.#observations;
  }

  observe(observation: RealtimeObservation): void {
    this.#observations.push(observation);
    this.#waiters.notify(observation);
  }

  /** The observations of one kind. */
  of<K extends Kind>(kind: K): readonly OfKind<K>[] {
    return this.#observations.filter((observation): observation is OfKind<K> => observation.kind === kind);
  }

  /** The first observation of a kind that fits, whether it is there already or still to come. */
  async seen<K extends Kind>(kind: K, fits: (observation: OfKind<K>) => boolean = () => true): Promise<OfKind<K>> {
    const isIt = (observation: RealtimeObservation): observation is OfKind<K> =>
      observation.kind === kind && fits(observation as OfKind<K>);
    return (
      this.#observations.find(isIt) ??
      this.#waiters.next(isIt, () => `"${kind}" was to be observed; seen: ${this.#kinds()}`)
    );
  }

  #kinds(): string {
    return this.#observations.map(({ kind }) => kind).join(", ") || "nothing";
  }
}
