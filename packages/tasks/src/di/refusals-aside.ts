import { RealtimeError } from "@repo/core-realtime";

/** The outcome of a message. */
type Outcome<Result> = { readonly result: Result } | { readonly refusal: RealtimeError };
type Work<Args extends readonly unknown[], Result> = (...args: Args) => Promise<Result>;

/** Keeps refusals out of what `dress` wraps around the work: a refusal is a reply, and no error for the log. */
export function refusalsAside<Args extends readonly unknown[], Result>(
  work: (...args: Args) => Promise<Result> | Result,
  dress: (work: Work<Args, Outcome<Result>>) => Work<Args, Outcome<Result>>,
): Work<Args, Result> {
  const dressed = dress(async (...args) => {
    try {
      return { result: await work(...args) };
    } catch (error) {
      if (error instanceof RealtimeError) return { refusal: error };
      throw error;
    }
  });
  return async (...args) => {
    const outcome = await dressed(...args);
    if ("refusal" in outcome) throw outcome.refusal;
    return outcome.result;
  };
}
