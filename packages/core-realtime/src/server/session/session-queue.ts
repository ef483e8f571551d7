type Task = () => Promise<void> | void;

interface QueuedTask {
  readonly task: Task;
  /** The channel whose order the task keeps; undefined: it only waits for barriers. */
  readonly channel: string | undefined;
  readonly isBarrier: boolean;
}

/**
 * The frames of one session in their order: per channel one at a time, channels independent of each other. A barrier waits for all that
 * came before it, and all that comes later waits for the barrier. A task that throws is reported, and the queue goes on.
 */
export class SessionQueue {
  readonly #report: (cause: unknown) => void;
  /** Per channel with a task in progress: the tasks that wait for it, once there are any. */
  readonly #channels = new Map<string, QueuedTask[] | undefined>();
  #behindBarrier: QueuedTask[] = [];
  #isBarrierRunning = false;
  #open = 0; // tasks in progress, and those that wait for one of their channel
  #waiting = 0;

  constructor(report: (cause: unknown) => void) {
    this.#report = report;
  }

  /** Tasks that have not begun. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Begins at once where neither a task of the channel nor a barrier is in progress. */
  push(channel: string, task: Task): void {
    this.#take({ task, channel, isBarrier: false });
  }

  /** Begins at once where there is no barrier, whatever is in progress. */
  pushUnordered(task: Task): void {
    this.#take({ task, channel: undefined, isBarrier: false });
  }

  /** Begins when nothing is in progress any more; nothing begins until it has ended. */
  pushBarrier(task: Task): void {
    this.#take({ task, channel: undefined, isBarrier: true });
  }

  #take(queued: QueuedTask): void {
    const isBlocked = this.#isBarrierRunning || this.#behindBarrier.length > 0 || (queued.isBarrier && this.#open > 0);
    if (!isBlocked) return this.#start(queued);
    this.#waiting += 1;
    this.#behindBarrier.push(queued);
  }

  #start(queued: QueuedTask): void {
    const { channel, isBarrier } = queued;
    this.#open += 1;
    this.#isBarrierRunning = isBarrier;
    if (channel === undefined) return this.#run(queued);
    if (!this.#channels.has(channel)) {
      this.#channels.set(channel, undefined);
      return this.#run(queued);
    }
    this.#waiting += 1;
    const others = this.#channels.get(channel);
    if (others) others.push(queued);
    else this.#channels.set(channel, [queued]);
  }

  #run(queued: QueuedTask): void {
    try {
      const pending = queued.task();
      if (!pending) return this.#ended(queued); // a synchronous task costs no promise
      pending.then(
        () => this.#ended(queued),
        (cause: unknown) => this.#failed(queued, cause),
      );
    } catch (cause) {
      this.#failed(queued, cause);
    }
  }

  #failed(queued: QueuedTask, cause: unknown): void {
    this.#report(cause);
    this.#ended(queued);
  }

  #ended({ channel, isBarrier }: QueuedTask): void {
    this.#open -= 1;
    if (isBarrier) this.#isBarrierRunning = false;
    if (channel !== undefined) {
      const next = this.#channels.get(channel)?.shift();
      if (next) {
        this.#waiting -= 1;
        return this.#run(next);
      }
      this.#channels.delete(channel);
    }
    if (this.#behindBarrier.length > 0) this.#drain();
  }

  /** Begins what waits behind barriers, up to the next one that has to wait. */
  #drain(): void {
    for (let next = this.#behindBarrier[0]; next && !this.#isBarrierRunning; next = this.#behindBarrier[0]) {
      if (next.isBarrier && this.#open > 0) return;
      this.#behindBarrier.shift();
      this.#waiting -= 1;
      this.#start(next);
    }
  }
}
