import type { GuardSubject, IRealtimeGuard, MessageRequest, SubscribeRequest } from "../realtime-guard.js";

/** All guards as one: the first that refuses decides. */
export class Guards implements Required<IRealtimeGuard> {
  readonly #guards: readonly IRealtimeGuard[];
  readonly #ofMessages: readonly IRealtimeGuard[]; // often none, and then nobody waits

  constructor(guards: readonly IRealtimeGuard[]) {
    this.#guards = guards;
    this.#ofMessages = guards.filter((guard) => guard.message !== undefined);
  }

  async connect(subject: GuardSubject): Promise<void> {
    for (const guard of this.#guards) await guard.connect?.(subject);
  }

  async subscribe(request: SubscribeRequest): Promise<void> {
    for (const guard of this.#guards) await guard.subscribe?.(request);
  }

  arrive(subject: GuardSubject): void {
    for (const guard of this.#guards) guard.arrive?.(subject);
  }

  message(request: MessageRequest): Promise<void> | void {
    if (this.#ofMessages.length > 0) return this.#askOfMessage(request);
  }

  forget(connectionId: string): void {
    for (const guard of this.#guards) guard.forget?.(connectionId);
  }

  async #askOfMessage(request: MessageRequest): Promise<void> {
    for (const guard of this.#ofMessages) await guard.message?.(request);
  }
}
