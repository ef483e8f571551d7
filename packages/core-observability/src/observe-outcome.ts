/** What a wrapper observes of the function it wraps. */
export interface OutcomeListener {
  readonly failed: (error: unknown) => void;
  readonly ended: () => void;
}

/** Runs `work` and watches how it ends: a value, a throw, a promise kept or broken. The result itself is returned unchanged. */
export function observeOutcome<Result>(work: () => Result, { failed, ended }: OutcomeListener): Result {
  const result = orFail(work, (error) => {
    failed(error);
    ended();
  });
  if (result instanceof Promise) {
    result.then(ended, (error: unknown) => {
      failed(error);
      ended();
    });
  } else ended(); // a lazy thenable (a query builder) is a value here: calling `then` on it would run it a second time
  return result;
}

function orFail<Result>(work: () => Result, failed: (error: unknown) => void): Result {
  try {
    return work();
  } catch (error) {
    failed(error);
    throw error;
  }
}
