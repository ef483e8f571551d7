import type { GuardSubject, IRealtimeGuard, MessageRequest, SubscribeRequest } from "../../seams/guard.seam.js";
import { isThenable, runReported } from "../../thenable.js";
import type { Observers } from "../observers.js";
import type { GateTrace } from "./gate-decision.js";

const UNNAMED = "guard";

/** All guards as one: the first that refuses decides. */
export class Guards {
  readonly #guards: readonly IRealtimeGuard[];
  readonly #observer: Pick<Observers, "observe">;
  readonly #arrivals: readonly IRealtimeGuard[];
  readonly #messages: readonly IRealtimeGuard[];

  constructor(guards: readonly IRealtimeGuard[], observer: Pick<Observers, "observe">) {
    this.#guards = guards;
    this.#observer = observer;
    this.#arrivals = guards.filter((guard) => guard.arrive);
    this.#messages = guards.filter((guard) => guard.message);
  }

  /** False where no guard looks at messages: then no request need be built for them. */
  get hasMessageGuards(): boolean {
    return this.#messages.length > 0;
  }

  connect(subject: GuardSubject, trace: GateTrace): Promise<void> | void {
    return inOrder(this.#guards, trace, (guard) => guard.connect?.(subject));
  }

  subscribe(request: SubscribeRequest, trace: GateTrace): Promise<void> | void {
    return inOrder(this.#guards, trace, (guard) => guard.subscribe?.(request));
  }

  arrive(subject: GuardSubject, trace: GateTrace): void {
    for (const guard of this.#arrivals) {
      trace.by = guard.name ?? UNNAMED;
      const arrived: unknown = guard.arrive?.(subject);
      if (isThenable(arrived)) this.#mustBeSynchronous(arrived);
    }
  }

  message(request: MessageRequest, trace: GateTrace): Promise<void> | void {
    return inOrder(this.#messages, trace, (guard) => guard.message?.(request));
  }

  /** The connection is gone. A guard that throws is observed, and has no other effect. */
  forget(connectionId: string): void {
    const failed = (cause: unknown) => this.#observer.observe({ kind: "failed", where: "guard", cause });
    for (const guard of this.#guards) {
      runReported(() => guard.forget?.(connectionId), failed);
    }
  }

  /** The compiler takes an async function for `() => void`. */
  #mustBeSynchronous(arrived: PromiseLike<unknown>): never {
    arrived.then(undefined, () => undefined);
    throw new TypeError("A guard's arrive must be synchronous; use message for what has to wait.");
  }
}

/** At once where all guards are synchronous. */
function inOrder(
  guards: readonly IRealtimeGuard[],
  trace: GateTrace,
  ask: (guard: IRealtimeGuard) => Promise<void> | void,
): Promise<void> | void {
  for (let index = 0; index < guards.length; index += 1) {
    const guard = guards[index];
    if (!guard) continue;
    trace.by = guard.name ?? UNNAMED;
    const asked = ask(guard);
    if (asked) return asked.then(() => inOrder(guards.slice(index + 1), trace, ask));
  }
}
