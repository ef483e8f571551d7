/** A promise of any make: query builders and other realms have their own, which are no `instanceof Promise`. */
export function isThenable<T>(value: PromiseLike<T> | T): value is PromiseLike<T> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Continues at once with a value, and later with that of a promise: a message that waits for nothing costs no promise. */
export function andThen<Value, Next>(
  value: PromiseLike<Value> | Value,
  next: (value: Value) => Promise<Next> | Next,
): Promise<Next> | Next {
  return isThenable(value) ? Promise.resolve(value).then(next) : next(value);
}

/** Runs a callback without waiting for its end. Its failure, at once or later, is reported: an async function compiles as `() => void`. */
export function runReported(run: () => unknown, report: (cause: unknown) => void): void {
  try {
    const done = run();
    if (isThenable(done)) done.then(undefined, report);
  } catch (cause) {
    report(cause);
  }
}
