import { isThenable } from "../../thenable.js";
import { RealtimeError } from "../../wire/realtime-error.js";

/** Where an error was thrown: `"authenticator"`, `guard "tickets"`, `"opening"`, `"schema"`; `"gate"` where that is not known. */
export interface FailurePlace {
  readonly where: string;
  readonly channel?: string | undefined;
}

const UNKNOWN: FailurePlace = { where: "gate" };
const places = new WeakMap<object, FailurePlace>();

/** Runs code of the app's, and notes the place of what it throws or rejects with. */
export function inPlace<Value>(place: FailurePlace, run: () => PromiseLike<Value> | Value): PromiseLike<Value> | Value {
  const thrown = (cause: unknown): never => {
    notePlace(cause, place);
    throw cause;
  };
  try {
    const value = run();
    return isThenable(value) ? value.then(undefined, thrown) : value;
  } catch (cause) {
    return thrown(cause);
  }
}

/** Notes where an error was thrown; of a refusal its cause too. A thrown text or number has no identity to note it by. */
export function notePlace(thrown: unknown, place: FailurePlace): void {
  for (const error of [thrown, thrown instanceof RealtimeError ? thrown.cause : undefined])
    if (typeof error === "object" && error !== null) places.set(error, place);
}

/** The place that was noted last for this error. */
export function placeOf(cause: unknown): FailurePlace {
  return (typeof cause === "object" && cause !== null && places.get(cause)) || UNKNOWN;
}
