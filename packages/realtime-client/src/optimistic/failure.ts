/** The first failure of a task that runs elsewhere. */
export interface Failure {
  /** Rejects with the first reason; pending until then. */
  readonly promise: Promise<never>;
  readonly fail: (reason: unknown) => void;
  /** Throws the reason where there is one. */
  readonly check: () => void;
}

export function failure(): Failure {
  let known: { readonly reason: unknown } | undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, settle) => (reject = settle));
  promise.catch(() => undefined); // a waiter receives it; there may be none
  return {
    promise,
    fail(reason) {
      known ??= { reason };
      reject(reason);
    },
    check() {
      if (known) throw known.reason;
    },
  };
}
