/** How long deliveries took: when something was published, and when each client had it. */
export class Arrivals {
  #published: bigint[] = [];
  #arrivals: { readonly publication: number; readonly at: bigint }[] = [];

  begin(): void {
    this.#published = [];
    this.#arrivals = [];
  }

  published(at: bigint): void {
    this.#published.push(at);
  }

  arrived(publication: number): void {
    this.#arrivals.push({ publication, at: process.hrtime.bigint() });
  }

  /** `COUNT P50 P99 MAX`, in microseconds. */
  report(): string {
    const took = this.#arrivals
      .flatMap(({ publication, at }) => {
        const since = this.#published[publication];
        return since === undefined ? [] : [Number(at - since) / 1_000];
      })
      .sort((a, b) => a - b);
    const at = (share: number) => (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(1);
    return `${took.length} ${at(0.5)} ${at(0.99)} ${at(1)}`;
  }
}
