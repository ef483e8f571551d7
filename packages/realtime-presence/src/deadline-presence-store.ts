import type { Clock } from "@repo/core-realtime";
import type {
  IPresenceStore,
  PresenceCount,
  PresenceQuery,
  ReapedMember,
  StoreBounds,
  StoredMember,
} from "./presence-store.js";
import type { PresencePage } from "./presence-member.js";

const CALL_MS = 10_000; // as long as a handler may take; a store that takes longer is down

/** The dependencies of a `DeadlinePresenceStore`. */
export interface DeadlinePresenceStoreDeps {
  readonly store: IPresenceStore;
  readonly clock: Pick<Clock, "after">;
  /** A write that was rejected at its deadline has ended: it may have been executed after later writes. */
  readonly onLateWrite: (channel: string, connectionId: string) => void;
}

/** A store whose calls reject after a while, so that one that hangs holds neither a channel's queue nor the heartbeat for ever. */
export class DeadlinePresenceStore implements IPresenceStore {
  readonly #store: IPresenceStore;
  readonly #clock: Pick<Clock, "after">;
  readonly #onLateWrite: DeadlinePresenceStoreDeps["onLateWrite"];

  constructor({ store, clock, onLateWrite }: DeadlinePresenceStoreDeps) {
    this.#store = store;
    this.#clock = clock;
    this.#onLateWrite = onLateWrite;
  }

  put(channel: string, stored: StoredMember, bounds: StoreBounds): Promise<PresenceCount> | PresenceCount {
    const { connectionId } = stored.member;
    return this.#inTime("put", this.#store.put(channel, stored, bounds), () =>
      this.#onLateWrite(channel, connectionId),
    );
  }

  remove(channel: string, connectionId: string): Promise<PresenceCount> | PresenceCount {
    return this.#inTime("remove", this.#store.remove(channel, connectionId), () =>
      this.#onLateWrite(channel, connectionId),
    );
  }

  list(channel: string, query?: PresenceQuery): Promise<PresencePage> | PresencePage {
    return this.#inTime("list", this.#store.list(channel, query));
  }

  beat(nodeId: string): Promise<void> | void {
    return this.#inTime("beat", this.#store.beat(nodeId));
  }

  reap(silentMs: number): Promise<readonly ReapedMember[]> | readonly ReapedMember[] {
    return this.#inTime("reap", this.#store.reap(silentMs));
  }

  #inTime<T>(call: keyof IPresenceStore, result: Promise<T> | T, onLateEnd: () => void = () => undefined) {
    if (!(result instanceof Promise)) return result;
    return new Promise<T>((resolve, reject) => {
      let isLate = false;
      const cancel = this.#clock.after(CALL_MS, () => {
        isLate = true;
        reject(new Error(`The presence store has not done ${call} within ${CALL_MS} ms.`));
      });
      const end = () => (isLate ? onLateEnd() : cancel());
      result.then(resolve, reject).finally(end);
    });
  }
}
