import type { GuardSubject, IRealtimeGuard, MessageRequest, SubscribeRequest } from "../../seams/guard.seam.js";
import { isThenable, runReported } from "../../thenable.js";
import type { Observers } from "../observers.js";
import { notePlace } from "./failure-place.js";
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

  /** False where no guard checks messages: then no request need be built for them. */
  get hasMessageGuards(): boolean {
    return this.#messages.length > 0;
  }

  connect(subject: GuardSubject, trace: GateTrace): Promise<void> | void {
    return inOrder(this.#guards, trace, { check: (guard) => guard.connect?.(subject) });
  }

  subscribe(request: SubscribeRequest, trace: GateTrace): Promise<void> | void {
    const { name } = request.address;
    return inOrder(this.#guards, trace, { check: (guard) => guard.subscribe?.(request), channel: name });
  }

  arrive(subject: GuardSubject, trace: GateTrace): void {
    for (const guard of this.#arrivals) {
      trace.by = guard.name ?? UNNAMED;
      const arrived: unknown = guard.arrive?.(subject);
      if (isThenable(arrived)) this.#mustBeSynchronous(arrived);
    }
  }

  message(request: MessageRequest, trace: GateTrace): Promise<void> | void {
    const { name } = request.address;
    return inOrder(this.#messages, trace, { check: (guard) => guard.message?.(request), channel: name });
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

/** One method of each guard, for a connection or a channel. */
interface GuardCheck {
  readonly check: (guard: IRealtimeGuard) => Promise<void> | void;
  readonly channel?: string;
}

/** At once where all guards are synchronous. */
function inOrder(guards: readonly IRealtimeGuard[], trace: GateTrace, run: GuardCheck): Promise<void> | void {
  for (let index = 0; index < guards.length; index += 1) {
    const guard = guards[index];
    if (!guard) continue;
    trace.by = guard.name ?? UNNAMED;
    try {
      const checked = run.check(guard);
      if (checked)
        return checked.then(
          () => inOrder(guards.slice(index + 1), trace, run),
          (cause: unknown) => failed(cause, guard, run),
        );
    } catch (cause) {
      failed(cause, guard, run);
    }
  }
}

function failed(cause: unknown, { name }: IRealtimeGuard, { channel }: GuardCheck): never {
  notePlace(cause, { where: name === undefined ? UNNAMED : `guard "${name}"`, channel });
  throw cause;
}
