/** A promise that is settled from outside. Its rejection is handled, also where no caller waits for it. */
export class Deferred {
  resolve: () => void = () => undefined;
  reject: (reason: Error) => void = () => undefined;
  readonly promise = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor() {
    this.promise.catch(() => undefined); // a rejection still reaches all callers that wait
  }
}
