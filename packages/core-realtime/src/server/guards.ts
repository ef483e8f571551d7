import type { GuardSubject, IRealtimeGuard, MessageRequest, SubscribeRequest } from "../realtime-guard.js";

/** All guards as one: the first that refuses decides. */
export class Guards implements Required<IRealtimeGuard> {
  readonly #guards: readonly IRealtimeGuard[];

  constructor(guards: readonly IRealtimeGuard[]) {
    this.#guards = guards;
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

  async message(request: MessageRequest): Promise<void> {
    for (const guard of this.#guards) await guard.message?.(request);
  }

  forget(connectionId: string): void {
    for (const guard of this.#guards) guard.forget?.(connectionId);
  }
}
