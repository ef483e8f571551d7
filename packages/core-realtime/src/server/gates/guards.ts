import type { GuardSubject, IRealtimeGuard, MessageRequest, SubscribeRequest } from "../../seams/guard.seam.js";

/** All guards as one: the first that refuses decides. */
export class Guards implements Required<IRealtimeGuard> {
  readonly #guards: readonly IRealtimeGuard[];

  constructor(guards: readonly IRealtimeGuard[]) {
    this.#guards = guards;
  }

  connect(subject: GuardSubject): Promise<void> | void {
    return askInTurn(this.#guards, (guard) => guard.connect?.(subject));
  }

  subscribe(request: SubscribeRequest): Promise<void> | void {
    return askInTurn(this.#guards, (guard) => guard.subscribe?.(request));
  }

  arrive(subject: GuardSubject): void {
    for (const guard of this.#guards) guard.arrive?.(subject);
  }

  message(request: MessageRequest): Promise<void> | void {
    return askInTurn(this.#guards, (guard) => guard.message?.(request));
  }

  forget(connectionId: string): void {
    for (const guard of this.#guards) guard.forget?.(connectionId);
  }
}

type Ask = (guard: IRealtimeGuard) => Promise<void> | void;

/** At once where all guards answer at once. */
function askInTurn(guards: readonly IRealtimeGuard[], ask: Ask): Promise<void> | void {
  for (const [index, guard] of guards.entries()) {
    const asked = ask(guard);
    if (asked) return asked.then(() => askInTurn(guards.slice(index + 1), ask));
  }
}
